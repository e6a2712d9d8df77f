<?php

// Plays the parts of WHMCS that the hook file meets, then calls one of its hooks:
//   php hook_stage.php HOOK_FILE HOOK VARS_JSON SESSION_JSON
// Prints what the hook returned and how long it took.

namespace WHMCS\Database {
    /** The query builder, as far as one query of the hook goes: values of configurable options. */
    class Capsule
    {
        private $ids = [];
        public static function table($name)
        {
            return new self();
        }
        public function join(...$on)
        {
            return $this;
        }
        public function whereIn($column, array $ids)
        {
            $this->ids = $ids;
            return $this;
        }
        public function get(array $columns)
        {
            if (getenv('STAGE_DATABASE_FAILS')) {
                throw new \RuntimeException('the database is gone');
            }
            $known = [101 => '1|Frankfurt', 102 => '2|London'];
            $rows = [];
            foreach ($this->ids as $id) {
                if (isset($known[$id])) {
                    $rows[] = (object) ['id' => $id, 'value' => $known[$id], 'name' => 'Location|Where'];
                }
            }
            return $rows;
        }
    }
}

namespace {
    define('WHMCS', true);
    error_reporting(E_ALL);
    set_error_handler(function ($level, $text) {
        if (error_reporting() & $level) {
            fwrite(STDERR, "PHP says: $text\n");
            exit(3);
        }
        return true;
    });

    $stage_hooks = [];
    function add_hook($name, $priority, callable $hook)
    {
        $GLOBALS['stage_hooks'][$name] = $hook;
    }

    [, $file, $name, $vars, $session] = $argv;
    $_SESSION = json_decode($session, true);
    require $file;
    $began = microtime(true);
    $returned = $stage_hooks[$name](json_decode($vars, true));
    $took = (microtime(true) - $began) * 1000;
    echo json_encode(['returned' => $returned, 'ms' => $took, 'hooks' => array_keys($stage_hooks)]);
}
