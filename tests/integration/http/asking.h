// What the tests of this folder say again and again: an answer's bytes, and a transport that asks.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "engine/http/http_transport.h"
#include "tests/integration/http/scripted_server.h"

namespace vfstock::http::testing {

inline constexpr std::string_view token = "s3cret-t0ken-0f-the-panel";
/// Long enough that only an exchange that is stuck meets it.
inline constexpr std::chrono::milliseconds patient{20'000};
/// Short enough to wait for, for exchanges that must meet it.
inline constexpr std::chrono::milliseconds impatient{200};

inline HttpOptions options_for(const ScriptedServer& server) {
  HttpOptions options;
  options.base_url = server.base_url();
  options.token = token;
  options.request = patient;
  return options;
}

inline panel::Answer ask(HttpTransport& transport, std::string target = "/packages/7") {
  const std::vector<panel::Request> requests{{std::move(target)}};
  return transport.fetch(requests, patient).front();
}

inline std::vector<panel::Request> requests(int count) {
  std::vector<panel::Request> all;
  for (int i = 0; i < count; ++i) all.push_back({"/packages/" + std::to_string(i)});
  return all;
}

inline std::string head(std::string_view lines) {
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + std::string(lines) + "\r\n";
}

inline std::string whole_answer(std::string_view body) {
  return head("Content-Length: " + std::to_string(body.size()) + "\r\n") + std::string(body);
}

}  // namespace vfstock::http::testing
