// What the body of an answer without a record says: is it the panel's own word, and what about?
//
// A 404 empties a product's stock, so its body must be an API's word about a record. Proxies, load
// balancers, other services behind the same address and the panel's own router answer 404 too, in
// JSON as well; and a panel in maintenance may answer 200 to GET /connect. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vfstock::panel {

/// nullopt: the body of a 404 is an API's word about a record. Else what it is instead, as in
/// "a web page", "no JSON", "an answer about a route".
///
/// A word about a record is a JSON object of `msg`, `message` or `errors` (strings), and nothing
/// beside them but `success`, `exception`, `file`, `line` and `trace`. `msg` is how the panel
/// itself writes; in the other two, which every framework has, a record must be named. None of them
/// may speak of a route, a page, a URL, an upstream or maintenance.
std::optional<std::string> no_word_about_a_record(std::string_view body, int nesting);

/// nullopt: the body of a 200 from GET /connect is as a panel's: an array, or an object that speaks
/// of no error, no message and no maintenance. Else what is wrong with it.
std::optional<std::string> no_word_of_a_panel(std::string_view body, int nesting);

}  // namespace vfstock::panel
