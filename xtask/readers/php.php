<?php
// Runs the readers of PHP, as `protocol.py` says: alone, it lists them; with the name of one, it answers requests.

const READERS = [
    'phpdotenv' => ['php-vlucas-phpdotenv', '/usr/share/php/Dotenv/autoload.php'],
    'symfony-dotenv' => ['php-symfony-dotenv', '/usr/share/php/Symfony/Component/Dotenv/autoload.php'],
];

function read(string $reader): void
{
    if ($reader === 'phpdotenv') {
        Dotenv\Dotenv::createImmutable(getcwd())->load();
    } else {
        (new Symfony\Component\Dotenv\Dotenv())->load('.env');
    }
}

function answer(string $reader, array $request, array $server): array
{
    file_put_contents('.env', base64_decode($request['content_b64']));
    $before = array_map('base64_decode', $request['env']);
    foreach (array_keys(getenv()) as $name) {
        putenv($name);
    }
    foreach ($before as $name => $value) {
        putenv("$name=$value");
    }
    [$_ENV, $_SERVER] = [$before, $before + $server];
    $answer = ['id' => $request['id'], 'vars' => [], 'unset' => [], 'error' => null];
    try {
        read($reader);
    } catch (Throwable $error) {
        return ['error' => get_class($error) . ': ' . $error->getMessage()] + $answer;
    }
    foreach ($_ENV as $name => $value) {
        if (($before[$name] ?? null) !== $value && $name !== 'SYMFONY_DOTENV_VARS') {
            $answer['vars'][] = [base64_encode($name), base64_encode($value)];
        }
    }
    foreach (array_keys($before) as $name) {
        if (!array_key_exists($name, $_ENV)) {
            $answer['unset'][] = base64_encode($name);
        }
    }
    return $answer;
}

if ($argc === 1) {
    preg_match_all('/^(\S+) (\S+)$/m', file_get_contents('/versions'), $versions);
    $versions = array_combine($versions[1], $versions[2]);
    echo json_encode(array_filter(array_map(fn ($reader) => $versions[$reader[0]] ?? null, READERS)));
    exit;
}
$reader = $argv[1];
require READERS[$reader][1];
$server = array_diff_key($_SERVER, getenv());
while (($line = fgets(STDIN)) !== false) {
    echo json_encode(answer($reader, json_decode($line, true), $server), JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR), "\n";
    flush();
}
