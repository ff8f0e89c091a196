//! Scenes in pairs: a schema, sources and circumstances, twice the same but for their secrets, which have the same outcome.
//!
//! The secrets of one scene differ from those of its twin in every character and in length. Wherever a rule looks at one,
//! both fare alike: both are too short or both are not, both are wrong for their kind, both match no pattern.

use std::fmt;
use std::ops::Range;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::subsequence;

/// A text with places for secrets: `{0}` and `{1}` are short ones, `{2}` and `{3}` long ones.
type Template = &'static str;

/// Variables, some of them secret by word, some by the look of their key, some only where their value has userinfo.
const VARIABLES: &[Template] = &[
    "PORT: port (default: 80)",
    "DEBUG: boolean",
    "HOSTS: comma-separated host",
    "PUBLIC_URL: url (schemes: https)",
    "NAME: {type: string, max_length: 3, aliases: [OLD_NAME]}",
    "LEVEL: debug | info",
    "APP_ENV: string (sensitive)",
    "API_TOKEN: string (required, min length: 32)",
    "DB_PASSWORD: {type: string, sensitive: true, pattern: '^zz', examples: ['zz{0}']}",
    "SESSION_IDS: {type: list, items: uuid, sensitive: true}",
    "LABELS: {type: map, items: integer, sensitive: true, max_length: 1}",
    "DATABASE_URL: url (required, sensitive)",
    "NUMBER: integer (sensitive, min: 5)",
    "JWT_SECRET: {type: string, deprecated: old, replaced_by: API_TOKEN}",
    "OTHER_TOKEN: {type: string, one_of: [aaa, bbb], in: {production: {one_of: [aaa]}}}",
    "BACKEND_KEY: {type: string, services: [backend]}",
    "SMTP_PASSWORD: {type: string, required_when: {set: NAME}}",
    "GATE: {type: string, required_when: {API_TOKEN: '{0}'}}",
    "MAIL_PASSWORD: {type: string, not_one_of: ['{0}', '{2}']}",
];

/// What holds between them, and how the rest is treated.
const OPTIONS: &[Template] = &[
    "rules: [{equal: [API_TOKEN, JWT_SECRET]}, {at_most_one: [DB_PASSWORD, NUMBER]}]",
    "unknown: error",
    "profile: APP_ENV",
    "services: [backend, frontend]",
];

/// Lines of a `.env` file.
const LINES: &[Template] = &[
    "PORT=8x",
    "PORT=80",
    "DEBUG=maybe",
    "HOSTS=a.example,!,b c",
    "LEVEL=inof",
    "NAME=abcdef",
    "OLD_NAME=abcdef",
    "APP_ENV=production",
    "APP_ENV={2}",
    "",
    "# {0} is the password",
    "# envschema: allow=invalid-value",
    "PORT=80\r# {0}",
    "API_TOKEN={0}",
    "API_TOKEN={2}",
    "API_TOKEN=\"{1}\"",
    "API_TOKEN='{0}'",
    "export API_TOKEN={3}",
    "API_TOKEN=",
    "API_TOKEN_FILE=/run/{0}",
    "PORT_FILE=/run/{1}",
    "DB_PASSWORD={0}",
    "DB_PASSWORD=\"{0}\" PORT=8x",
    "DB_PASSWORD='{0}' LEVEL=x DEBUG=y",
    "DB_PASSWORD=\"{0}\n{2}\" PORT=8x",
    "DB_PASSWORD=\"{0}",
    "DB_PASSWORD='{0} and more",
    "DB_PASSWORD={0}$NOPE{1}",
    "DB_PASSWORD={0}${API_TOKNE}{1}",
    "DB_PASSWORD={0}$(cat {1})",
    "DB_PASSWORD={0} # {1}",
    "MAIL_PASSWORD={0}",
    "PUBLIC_URL=https:/u:{0}@a.example",
    "PUBLIC_URL=u:{0}@a.example",
    "JWT_SECRET={2}",
    "JWT_SECRET={0}",
    "SESSION_IDS={0},{1}",
    "LABELS=a={0},b={1}",
    "NUMBER={0}",
    "NUMBER=1",
    "OTHER_TOKEN={0}",
    "BACKEND_KEY={2}",
    "DATABASE_URL=postgres://app:{0}@db/app",
    "DATABASE_URL={0}",
    "DATABASE_URL=localhost:5432/{0}",
    "PUBLIC_URL=ftp://{0}:{1}@host/path",
    "PUBLIC_URL=\"ftp://u:{0}@h\" PORT=8x",
    "PUBLIC_URL=ftp://host/${DB_PASSWORD}",
    "NAME=${API_TOKEN}",
    "NAME=x${UNDECLARED}y",
    "NAME=${NOPE:-$API_TOKEN}",
    "LEVEL=${NOPE-${API_TOKEN}}",
    "PORT=${LEVEL:-$API_TOKEN}",
    "PORT=${NOPE:=$API_TOKEN}",
    "LEVEL=${NAME:=$API_TOKEN}",
    "NAME=`echo $API_TOKEN`",
    "LEVEL=\"$(echo \"$API_TOKEN\")\"",
    "NAME=${NOPE:-`echo $DB_PASSWORD`}",
    "export \"NAME=$API_TOKEN\"",
    "NAME+=$API_TOKEN",
    "NAME+=x",
    "UNDECLARED={0}",
    "UNDECLARED=\"{0}\" DEBUG=maybe",
    "DATABSE_URL=postgres://app:{0}@db/app",
    "VITE_SESSION_SECRET={0}",
    "{0}-{1}=x",
    "{0}-{1}=x PORT=8x",
    "{0} {1} {2}",
    "  {0}.x: {1}",
    "!{0}",
    "={0}",
    "DB_PASSWORD=\"a\" {0}",
    "DB_PASSWORD=\"8x\" {0} DEBUG=maybe",
];

/// Lines in which readers differ, with secrets only where a key looks it or a value refers to one.
const READABLE: &[Template] = &[
    "PORT=80",
    "NAME=\"x y\" # note",
    "HOME_DIR=$HOME/x",
    "",
    "# {0} is the password",
    "; {0}",
    "API_TOKEN={0}",
    "API_TOKEN = {2} # {1}",
    "export API_TOKEN='{0}'",
    "API_TOKEN=\"{0}\" # {1}",
    "API_TOKEN=`{0}`",
    "API_TOKEN={0}\\",
    "DB_PASSWORD={0} {1}",
    "DB_PASSWORD=\"{0}",
    "DB_PASSWORD='{0} NAME=x",
    "DB_PASSWORD=\"{0}\n{1}\n{2}=\n\"",
    "DB_PASSWORD='{0}\nx{1}=y\n'",
    "DB_PASSWORD={0};OTHER_TOKEN={1}",
    "DB_PASSWORD={0} OTHER_TOKEN={1}",
    "DB_PASSWORD={0} && X={1}",
    "DB_PASSWORD: {0}",
    "DB_PASSWORD+={0}",
    "DB_PASSWORD=${NOPE:-{0}}",
    "DB_PASSWORD=$(cat {0})",
    "DB_PASSWORD<<END\n{0}\nEND",
    "NOTE=\"it is\nDB_PASSWORD={0}\nso\"",
    "NOTE=x\\\nDB_PASSWORD={0}",
    "NOTE='x\nDB_PASSWORD=\"{0}\"",
    "COPY=$API_TOKEN",
    "COPY=${DB_PASSWORD}",
    "COPY=x${COPY}y",
    "COPY=$(API_TOKEN)",
    "COPY=\"${API_TOKEN:-none}\"",
    "COPY=${NOPE:-$API_TOKEN}",
    "COPY=${HOME-$API_TOKEN}",
    "LEVEL=${COPY:=$API_TOKEN}",
    "COPY=`echo $API_TOKEN`",
    "COPY=\"$(echo \"$API_TOKEN\")\"",
    "COPY=${NOPE:-`echo $API_TOKEN`}",
    "export \"COPY=$API_TOKEN\"",
    "COPY+=$API_TOKEN",
    "PORT=80\r# {0}",
    "URL=postgres://app:{0}@db/app",
    "URL=postgres://app:{0}@db/app # x",
    "LIST=a,amqp://{0}:{1}@mq",
];

/// Members of a JSON file.
const MEMBERS: &[Template] = &[
    "\"PORT\": \"8x\"",
    "\"DEBUG\": 5",
    "\"NAME\": \"abcdef\"",
    "\"API_TOKEN\": \"{0}\"",
    "\"DB_PASSWORD\": \"{2}\"",
    "\"SESSION_IDS\": [\"{0}\", \"{1}\"]",
    "\"LABELS\": {\"{0}-x\": \"{1}\"}",
    "\"DATABASE_URL\": \"postgres://app:{0}@db/app\"",
    "\"PUBLIC_URL\": [\"ftp://app:{0}@db/app\"]",
    "\"undeclared\": {\"inner\": \"{0}\"}",
    "\"UNDECLARED\": [{\"a\": \"{0}\"}]",
    "\"NUMBER\": \"{0}\"",
    // What is read behind a fault may be the rest of a secret.
    "\"DB_PASSWORD\": \"pa\n{0}\"",
    "\"MAIL_PASSWORD\": \"pa\"{0}\"",
    "\"GATE\": {\"inner\": \"abc\" \"{0}\"}",
];

/// Variables of the process environment.
const PROCESS: &[(&str, Template)] = &[
    ("API_TOKEN", "{0}"),
    ("API_TOKN", "{1}"),
    ("PATH", "{2}"),
    ("PUBLIC_URL", "x://{0}@y"),
    ("PORT", "8x"),
];

/// Wrong schemas with secrets in them.
const WRONG_VARIABLES: &[Template] = &[
    "A_TOKEN: string (sensitive, default: {0})",
    "B_TOKEN: {type: uuid, sensitive: true, examples: ['{0}'], min: 3}",
    "C_TOKEN: {type: uuid, default: '{0}', sensitve: true}",
    "VITE_D: string (sensitive, example: {1})",
    "E: url (default: 'http://user:{0}@h', exampel: x)",
    "F: {type: port, default: 80, in: {production: {min: 90}}}",
    "G_SECRET: {type: string, default: \"{2}\", pattern: '('}",
];

/// What secrets are made of.
const CHARACTERS: &[u8] = b"abcdefghijkmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// A source: its name, and its text with and without the other secrets.
#[derive(Clone, Debug)]
pub struct Twin {
    /// What it is called.
    pub name: &'static str,
    /// The texts.
    pub texts: [String; 2],
}

/// A pair of scenes.
#[derive(Clone)]
pub struct Scenes {
    /// The schema, in the concise form, as YAML.
    pub schema: Twin,
    /// `.env` files, lowest precedence first.
    pub files: Vec<Twin>,
    /// A JSON file below them.
    pub json: Option<Twin>,
    /// The process environment above them: each key with its values.
    pub process: Vec<(&'static str, [String; 2])>,
    /// The profile.
    pub profile: Option<&'static str>,
    /// The service.
    pub service: Option<&'static str>,
    /// The secrets of both.
    pub secrets: [[String; 4]; 2],
}

/// Shows the texts of the first scene, as they are.
impl fmt::Debug for Scenes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for twin in [&self.schema].into_iter().chain(&self.files).chain(&self.json) {
            write!(f, "\n--- {}\n{}", twin.name, twin.texts[0])?;
        }
        write!(f, "\n--- process {:?}\n--- {:?} {:?}\n", self.process, self.profile, self.service)
    }
}

/// A secret that no rule likes and nobody would print by chance.
fn secret(length: Range<usize>, first: &'static str) -> impl Strategy<Value = String> {
    let character = any::<u8>().prop_map(|byte| char::from(CHARACTERS[usize::from(byte) % CHARACTERS.len()]));
    vec(character, length).prop_map(move |characters| format!("{first}{}", String::from_iter(characters)))
}

/// The secrets of both scenes. Either all of them have characters outside ASCII, which some readers refuse, or none has.
fn secrets() -> impl Strategy<Value = [[String; 4]; 2]> {
    let of_one =
        || (secret(8..20, "zqa"), secret(8..20, "zqb"), secret(40..60, "zqc"), secret(40..60, "zqd"));
    let endings = prop_oneof![4 => Just([""; 2]), 1 => Just(["é", "ééé"]), 1 => Just(["🔑", "🔑🔑"])];
    (of_one(), of_one(), endings).prop_map(|(first, second, endings)| {
        let [first, second] = [first, second].map(|(a, b, c, d)| [a, b, c, d]);
        [first.map(|secret| secret + endings[0]), second.map(|secret| secret + endings[1])]
    })
}

fn fill(template: &str, secrets: &[String; 4]) -> String {
    let places = ["{0}", "{1}", "{2}", "{3}"];
    places.iter().zip(secrets).fold(template.to_owned(), |text, (place, secret)| text.replace(place, secret))
}

fn twin(name: &'static str, template: &str, secrets: &[[String; 4]; 2]) -> Twin {
    Twin { name, texts: [fill(template, &secrets[0]), fill(template, &secrets[1])] }
}

fn schema(variables: &[Template], options: &[Template]) -> String {
    let variables: String = variables.iter().map(|line| format!("  {line}\n")).collect();
    let options: String = options.iter().map(|line| format!("{line}\n")).collect();
    format!("variables:\n{variables}{options}")
}

fn lines() -> impl Strategy<Value = String> {
    let line = (0..LINES.len()).prop_map(|index| LINES[index]);
    let ends = prop_oneof![4 => Just("\n"), 1 => Just("\r\n")];
    (vec(line, 0..12), ends)
        .prop_map(|(lines, end)| lines.iter().map(|line| format!("{line}{end}")).collect())
}

/// Pairs of scenes whose schema is sound.
pub fn scenes() -> impl Strategy<Value = Scenes> {
    let schema_parts = (
        subsequence(VARIABLES, 1..=VARIABLES.len()),
        // The rules name variables, so they come with all of them.
        prop_oneof![3 => subsequence(&OPTIONS[1..], 0..OPTIONS.len() - 1), 1 => Just(OPTIONS.to_vec())],
    );
    let sources = (
        vec(lines(), 1..3),
        subsequence(MEMBERS, 0..=MEMBERS.len()),
        subsequence(PROCESS, 0..=PROCESS.len()),
    );
    let profiles = prop_oneof![Just(None), Just(Some("production")), Just(Some("local"))];
    let services = prop_oneof![2 => Just(None), 1 => Just(Some("frontend"))];
    (secrets(), schema_parts, sources, profiles, services).prop_map(
        |(secrets, (mut variables, options), (files, members, process), profile, service)| {
            if options.contains(&OPTIONS[0])
                || variables.iter().any(|line| line.contains("replaced_by") || line.contains("required_when"))
            {
                variables = VARIABLES.to_vec();
            }
            let names = [".env", ".env.local"];
            let process =
                process.into_iter().map(|(key, template)| (key, twin("", template, &secrets).texts));
            let json = format!("{{{}}}\n", members.join(", "));
            Scenes {
                schema: twin("envschema.yaml", &schema(&variables, &options), &secrets),
                files: names.iter().zip(files).map(|(name, text)| twin(name, &text, &secrets)).collect(),
                json: (!members.is_empty()).then(|| twin("app.json", &json, &secrets)),
                process: process.collect(),
                profile,
                service,
                secrets,
            }
        },
    )
}

/// Pairs of schemas that are wrong.
pub fn wrong_schemas() -> impl Strategy<Value = (Twin, [[String; 4]; 2])> {
    let variables = subsequence(WRONG_VARIABLES, 1..=WRONG_VARIABLES.len());
    (secrets(), variables).prop_map(|(secrets, variables)| {
        (twin("envschema.yaml", &schema(&variables, &[]), &secrets), secrets)
    })
}

/// Pairs of files that readers see differently, secret only where a key or a value looks it.
pub fn readable() -> impl Strategy<Value = (Twin, [[String; 4]; 2])> {
    let ends = prop_oneof![4 => Just("\n"), 1 => Just("\r\n"), 1 => Just("\r")];
    let lines = vec((0..READABLE.len()).prop_map(|index| READABLE[index]), 0..10);
    (secrets(), lines, ends).prop_map(|(secrets, lines, end)| {
        // The readers of these know no other line end, so there it is no value to anybody.
        let lines = lines.iter().filter(|line| end != "\r" || !line.contains("<<"));
        let text: String = lines.map(|line| format!("{}{end}", line.replace('\n', end))).collect();
        (twin(".env", &text, &secrets), secrets)
    })
}
