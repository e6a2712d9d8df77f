<?php
// A shop's provisioning module in small, for tests: `php provisioning_client.php BASE_URL`.
//
// It sends forms alone and every number as digits, as modules do that never heard of JSON bodies.
// Each step says which status it expects; the first that gets another ends the run with status 1.
// What came of it is printed as one line of JSON.

[, $base] = $argv;

function call(string $method, string $path, array $fields = []): array
{
    global $base;
    $context = stream_context_create(['http' => [
        'method' => $method,
        'header' => "Authorization: Bearer shop\r\nAccept: application/json\r\nConnection: close\r\n"
            . "Content-Type: application/x-www-form-urlencoded\r\n",
        'content' => http_build_query($fields),
        'protocol_version' => 1.1,
        'ignore_errors' => true,
        'timeout' => 20,
    ]]);
    $text = file_get_contents($base . $path, false, $context);
    $status = (int) explode(' ', $http_response_header[0] ?? 'none 0')[1];
    return [$status, $text === '' ? [] : json_decode($text, true)];
}

function expect(int $expected, string $method, string $path, array $fields = []): array
{
    [$status, $answer] = call($method, $path, $fields);
    if ($status !== $expected) {
        fwrite(STDERR, "$method $path: $status instead of $expected: " . json_encode($answer) . "\n");
        exit(1);
    }
    return $answer;
}

$unknown = expect(404, 'GET', '/users/42/byExtRelation');
$user = expect(201, 'POST', '/users', [
    'name' => 'Jon Doe', 'email' => 'jon@doe.com', 'extRelationId' => '42',
    'selfService' => '0', 'sendMail' => false,
])['data'];
$key = expect(201, 'POST', '/ssh_keys', [
    'userId' => (string) $user['id'], 'name' => 'laptop', 'publicKey' => 'ssh-ed25519 AAAAC3NzaC1 jon',
])['data'];
$template = expect(200, 'GET', '/media/templates/fromServerPackageSpec/1')['data'][0]['templates'][0];
$asked = [
    'packageId' => '1', 'userId' => (string) $user['id'], 'hypervisorId' => '1', 'ipv4' => '1',
    'firewallRulesets' => ['-1'],
];
expect(200, 'POST', '/servers?dryRun=true', $asked);
$server = expect(201, 'POST', '/servers/', $asked)['data'];
$path = '/servers/' . $server['id'];
$built = expect(200, 'POST', "$path/build", [
    'operatingSystemId' => (string) $template['id'], 'name' => 'web', 'hostname' => 'web.example.com',
    'sshKeys' => [(string) $key['id']], 'vnc' => true, 'ipv6' => false, 'swap' => '512',
])['data'];
expect(204, 'POST', "$path/suspend");
$suspended = expect(200, 'GET', $path)['data']['suspended'];
expect(204, 'POST', "$path/unsuspend");
$changed = expect(200, 'PUT', "$path/package/2", ['cpu' => true, 'primaryDiskSize' => '0']);
$added = expect(200, 'POST', "$path/ipv4Qty", ['interface' => 'primary', 'quantity' => '1'])['data'];
expect(204, 'DELETE', "$path/ipv4", ['interface' => 'primary', 'ip' => $added]);
expect(204, 'POST', "$path/ipv4", ['interface' => 'primary', 'ip' => $added]);
expect(201, 'PUT', "$path/modify/traffic", ['traffic' => '750']);
$now = expect(200, 'GET', $path)['data'];
expect(200, 'POST', "$path/power/restart");
$login = expect(200, 'POST', "/users/42/serverAuthenticationTokens/{$server['id']}")['data'];
$free = expect(200, 'GET', '/compute/hypervisors/groups/1/resources')['data'];
expect(204, 'DELETE', "$path?delay=0");
$gone = expect(404, 'GET', $path);

echo json_encode([
    'unknown' => $unknown['msg'],
    'owner' => $now['owner']['extRelationId'],
    'hostname' => $now['hostname'],
    'state' => $built['state'],
    'suspended' => $suspended,
    'info' => count($changed['info']),
    'resources' => $now['settings']['resources'],
    'addresses' => count($now['network']['interfaces'][0]['ipv4']),
    'login' => $login['authentication']['endpoint_complete'],
    'free' => min(array_map(fn ($one) => $one['resources']['network']['total']['ipv4']['free'], $free)),
    'gone' => $gone['msg'],
]), "\n";
