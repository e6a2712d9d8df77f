// The status page: one HTML file, held by the program, that asks nobody but this daemon.
#pragma once

#include <string>
#include <string_view>

namespace vfstock::page {

std::string_view html() noexcept;

/// Nothing may run or style the page but what stands in it, told by its digest; nothing is asked
/// but this daemon; nobody may frame it.
const std::string& content_security_policy();

/// What stands between <tag> and </tag> of `document`; empty where there is none.
std::string_view inside(std::string_view document, std::string_view tag) noexcept;

}  // namespace vfstock::page
