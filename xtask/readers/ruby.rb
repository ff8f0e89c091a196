# Runs the readers of Ruby, as `protocol.py` says: alone, it lists them; with the name of one, it answers requests.
require "json"

READERS = {
  "ruby-dotenv" => ["dotenv", -> { Dotenv.load(".env") && nil }],
  "foreman" => ["foreman", -> { Foreman::Env.new(".env").entries { |name, value| VALUES[name] = value } }],
}
VALUES = {}

def encode(text) = [text].pack("m0")

def decode(text) = text.unpack1("m0")

def answer(read, request)
  File.binwrite(".env", decode(request["content_b64"]))
  ENV.replace(request["env"].transform_values { |value| decode(value) })
  before = ENV.to_h
  VALUES.clear
  error = nil
  begin
    read.call
  rescue StandardError, ScriptError => raised
    error = raised.inspect.dup.force_encoding("UTF-8").scrub[0, 200]
  end
  changed = error ? {} : ENV.to_h.reject { |name, value| before[name] == value }.merge(VALUES)
  unset = error ? [] : before.keys - ENV.keys
  {
    id: request["id"],
    vars: changed.map { |name, value| [encode(name), encode(value)] },
    unset: unset.map { |name| encode(name) },
    error: error,
  }
end

if ARGV.empty?
  versions = READERS.transform_values { |package, _| Gem::Specification.find_all_by_name(package).first&.version&.to_s }
  puts JSON.generate(versions.compact)
else
  package, read = READERS.fetch(ARGV.shift)
  require package
  require "foreman/env" if package == "foreman"
  $stdin.each_line do |line|
    puts JSON.generate(answer(read, JSON.parse(line)))
    $stdout.flush
  end
end
