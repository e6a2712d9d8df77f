<?php

/**
 * Tells vfstock what happens in this shop, and asks it before an order is placed.
 *
 * Lives in includes/hooks/; installed and removed by `vfstock hook install|uninstall`. Its settings
 * stand in includes/vfstock-hook.php. It only forwards: it reads no stock, writes nothing, and
 * whatever goes wrong here or there, the shop goes on as if this file did not exist. An event that
 * is lost is made up for by the daemon's own schedule.
 *
 * PHP 7.4 or newer, no extensions beyond what WHMCS itself needs.
 */

if (!defined('WHMCS')) {
    exit;
}

/** The settings, or null where they cannot be used. */
function vfstock_hook_settings(): ?array
{
    static $settings = false;
    if ($settings === false) {
        $file = dirname(__DIR__) . '/vfstock-hook.php';
        $read = is_readable($file) ? include $file : null;
        $settings = is_array($read) && isset($read['url'], $read['secret']) ? $read : null;
    }
    return $settings;
}

/** The request as bytes, signed as Standard Webhooks are. */
function vfstock_hook_request(array $settings, array $url, string $path, string $body): string
{
    $id = 'msg_' . bin2hex(random_bytes(16));
    $time = (string) time();
    $key = base64_decode(substr($settings['secret'], strlen('whsec_')), true);
    $mac = base64_encode(hash_hmac('sha256', "$id.$time.$body", (string) $key, true));
    return "POST $path HTTP/1.1\r\n"
        . 'Host: ' . $url['host'] . "\r\n"
        . "Content-Type: application/json\r\n"
        . 'Content-Length: ' . strlen($body) . "\r\n"
        . "webhook-id: $id\r\n"
        . "webhook-timestamp: $time\r\n"
        . "webhook-signature: v1,$mac\r\n"
        . "Connection: close\r\n\r\n" . $body;
}

/** Reads until the daemon closes or the time is up; null in the latter case. */
function vfstock_hook_read($stream, float $until): ?string
{
    stream_set_blocking($stream, false);
    $answer = '';
    while (!feof($stream)) {
        $left = $until - microtime(true);
        $read = [$stream];
        $none = null;
        if ($left <= 0 || strlen($answer) > 65536) {
            return null;
        }
        if (@stream_select($read, $none, $none, 0, (int) ($left * 1e6)) > 0) {
            $answer .= (string) fread($stream, 8192);
        }
    }
    return $answer;
}

/** Sends; waits for the answer only where somebody wants it. Its body, or null. */
function vfstock_hook_send(string $path, array $message, bool $wait): ?string
{
    $settings = vfstock_hook_settings();
    $body = json_encode($message, JSON_INVALID_UTF8_SUBSTITUTE);
    $url = $settings === null ? false : parse_url($settings['url']);
    if ($body === false || !is_array($url) || !isset($url['host'])) {
        return null;
    }
    $until = microtime(true) + 0.2;
    $secure = ($url['scheme'] ?? 'http') === 'https';
    $port = $url['port'] ?? ($secure ? 443 : 8893);
    $target = ($secure ? 'ssl://' : 'tcp://') . $url['host'] . ':' . $port;
    $stream = @stream_socket_client($target, $error, $text, $wait ? 0.1 : 0.05);
    if ($stream === false) {
        return null;
    }
    stream_set_timeout($stream, 0, 100000);
    @fwrite($stream, vfstock_hook_request($settings, $url, $path, $body));
    $answer = $wait ? vfstock_hook_read($stream, $until) : null;
    @fclose($stream);
    if ($answer === null || strncmp($answer, 'HTTP/1.1 200', 12) !== 0) {
        return null;
    }
    $parts = explode("\r\n\r\n", $answer, 2);
    return $parts[1] ?? null;
}

/** Forwards an event; nothing of it may reach the shop. */
function vfstock_hook_event(string $type, array $data): void
{
    try {
        vfstock_hook_send('/webhooks/whmcs', ['type' => $type, 'data' => (object) $data], false);
    } catch (\Throwable $error) {
        return;
    }
}

function vfstock_hook_module_event(string $type, $vars): void
{
    $params = is_array($vars) && isset($vars['params']) && is_array($vars['params']) ? $vars['params'] : [];
    if (($params['moduletype'] ?? '') !== 'VirtFusionDirect') {
        return;
    }
    vfstock_hook_event($type, [
        'module' => 'VirtFusionDirect',
        'service' => (int) ($params['serviceid'] ?? 0),
        'product' => (int) ($params['pid'] ?? 0),
    ]);
}

/** The values that were chosen for the location option, by their id. */
function vfstock_hook_locations(array $chosen, string $option): array
{
    if ($chosen === []) {
        return [];
    }
    $rows = \WHMCS\Database\Capsule::table('tblproductconfigoptionssub')
        ->join('tblproductconfigoptions', 'tblproductconfigoptions.id', '=', 'tblproductconfigoptionssub.configid')
        ->whereIn('tblproductconfigoptionssub.id', $chosen)
        ->get([
            'tblproductconfigoptionssub.id as id',
            'tblproductconfigoptionssub.optionname as value',
            'tblproductconfigoptions.optionname as name',
        ]);
    $locations = [];
    foreach ($rows as $row) {
        if (explode('|', (string) $row->name)[0] === $option) {
            $locations[(int) $row->id] = (string) $row->value;
        }
    }
    return $locations;
}

/** What stands in the cart, as the guard wants it. */
function vfstock_hook_cart(array $products, string $option): array
{
    $chosen = [];
    foreach ($products as $product) {
        foreach ((array) ($product['configoptions'] ?? []) as $value) {
            if (is_numeric($value)) {
                $chosen[] = (int) $value;
            }
        }
    }
    $locations = vfstock_hook_locations(array_values(array_unique($chosen)), $option);
    $items = [];
    foreach ($products as $product) {
        $item = ['product' => (int) ($product['pid'] ?? 0), 'qty' => max(1, (int) ($product['qty'] ?? 1))];
        foreach ((array) ($product['configoptions'] ?? []) as $value) {
            if (is_numeric($value) && isset($locations[(int) $value])) {
                $item['location'] = $locations[(int) $value];
            }
        }
        $items[] = $item;
    }
    return $items;
}

/** The message that stops the checkout, or null: a sale is stopped only where the answer says so. */
function vfstock_hook_refusal(): ?string
{
    try {
        $settings = vfstock_hook_settings();
        $products = isset($_SESSION['cart']['products']) ? $_SESSION['cart']['products'] : [];
        if ($settings === null || !is_array($products) || $products === []) {
            return null;
        }
        $items = vfstock_hook_cart($products, (string) ($settings['location_option'] ?? 'Location'));
        $answer = vfstock_hook_send('/v1/checkout', ['items' => $items], true);
        $verdict = $answer === null ? null : json_decode($answer, true);
        if (!is_array($verdict) || ($verdict['ok'] ?? null) !== false) {
            return null;
        }
        return (string) ($settings['message']
            ?? 'One of the items is sold out at the location that was chosen. Please choose another.');
    } catch (\Throwable $error) {
        return null;
    }
}

foreach (['AfterModuleCreate', 'AfterModuleTerminate', 'AfterModuleChangePackage'] as $vfstock_hook_name) {
    add_hook($vfstock_hook_name, 50, function ($vars) use ($vfstock_hook_name) {
        vfstock_hook_module_event($vfstock_hook_name, $vars);
    });
}

add_hook('AfterCronJob', 50, function ($vars) {
    vfstock_hook_event('AfterCronJob', []);
});

add_hook('ClientAreaPageCart', 50, function ($vars) {
    $product = (int) ($vars['pid'] ?? $vars['productid'] ?? $vars['productinfo']['pid'] ?? 0);
    if ($product > 0) {
        vfstock_hook_event('ClientAreaPageCart', ['product' => $product]);
    }
});

add_hook('ShoppingCartValidateCheckout', 50, function ($vars) {
    $refusal = vfstock_hook_refusal();
    return $refusal === null ? [] : [$refusal];
});
