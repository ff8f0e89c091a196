// Runs godotenv, as `protocol.py` says: alone, it tells its version; with the name of the reader, it answers requests.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/joho/godotenv"
)

type request struct {
	ID      string            `json:"id"`
	Content []byte            `json:"content_b64"`
	Env     map[string][]byte `json:"env"`
}

type answer struct {
	ID    string      `json:"id"`
	Vars  [][2][]byte `json:"vars"`
	Unset [][]byte    `json:"unset"`
	Error *string     `json:"error"`
}

func read(request request) answer {
	answer := answer{ID: request.ID, Vars: [][2][]byte{}, Unset: [][]byte{}}
	if err := os.WriteFile(".env", request.Content, 0o600); err != nil {
		panic(err)
	}
	os.Clearenv()
	for name, value := range request.Env {
		os.Setenv(name, string(value))
	}
	if err := godotenv.Load(".env"); err != nil {
		text := err.Error()
		answer.Error = &text
		return answer
	}
	for _, entry := range os.Environ() {
		name, value, _ := strings.Cut(entry, "=")
		if before, known := request.Env[name]; !known || string(before) != value {
			answer.Vars = append(answer.Vars, [2][]byte{[]byte(name), []byte(value)})
		}
	}
	return answer
}

func versions() map[string]string {
	found := map[string]string{}
	text, _ := os.ReadFile("/versions")
	for line := range strings.Lines(string(text)) {
		if version, is := strings.CutPrefix(line, "golang-github-joho-godotenv-dev "); is {
			found["godotenv"] = strings.TrimSpace(version)
		}
	}
	return found
}

func main() {
	output := json.NewEncoder(os.Stdout)
	if len(os.Args) == 1 {
		output.Encode(versions())
		return
	}
	input := bufio.NewReader(os.Stdin)
	for {
		line, err := input.ReadBytes('\n')
		if err != nil {
			return
		}
		var asked request
		if err := json.Unmarshal(line, &asked); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		output.Encode(read(asked))
	}
}
