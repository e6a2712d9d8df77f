// A kind of fault: everything about one way in which an exchange with the panel goes wrong.
//
// Each kind is one file in kinds/, which defines one constant of this type under the file's own
// name; the table of all of them is made of the folder. What changes the answer itself (status,
// content, paging, state) is rendered in process as well as on sockets. Connection, HTTP syntax,
// compression and TLS kinds exist on sockets; in process a careful client's view takes their place
// (reception.h).
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "mockpanel/api/message.h"
#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::faults {

struct Delivery;
struct Desk;
struct Rule;

/// In which respect an exchange goes wrong.
enum class Layer { answer, content, paging, state, connection, syntax, compression, tls };
std::string_view name(Layer layer) noexcept;  // "answer", ..., "HTTP syntax", ..., "TLS"

/// How a TLS handshake fails: one of these is so.
struct BrokenHandshake {
  bool expired = false;        // the certificate's time is over
  bool names_another = false;  // the certificate is another host's
  bool untrusted = false;      // nobody whom the client trusts has signed it
  bool plaintext = false;      // HTTP is spoken where TLS is expected
  bool torn = false;           // the connection is torn down (RST) within the handshake
};

struct Kind {
  std::string_view name;  // as scenarios and the control port write it: "malformed-json"
  Layer layer = Layer::answer;
  std::string_view sentence;  // what the client meets, for the reference
  /// The members of a rule that it heeds besides those that all kinds heed ("field value"), and an
  /// example of them as JSON members.
  std::string_view parameters = "";
  std::string_view example = "";

  /// Whether the panel still carries out a request that meets it: only the answer is spoiled.
  bool carried_out = true;
  /// Whether the answer reads as a right one and yet does not tell the panel's state: no client can
  /// know.
  bool lie = false;
  /// Whether each request costs megabytes or a second, so that a search of many leaves it out.
  bool costly = false;
  /// What keeps a request from arriving at all: nobody listens, or there is no TLS session.
  bool refused = false;
  std::optional<BrokenHandshake> handshake = std::nullopt;

  // What it does; null: nothing there.
  /// When a rule of it is added to the panel.
  void (*arm)(Rule& rule, const model::World& world) = nullptr;
  /// The answer that takes the right one's place.
  api::Response (*answer)(const Rule& rule, const api::Request& request,
                          const Desk& desk) = nullptr;
  /// What becomes of the answer's delivery, which holds that answer delivered whole. Delay and
  /// added headers are common to all kinds and not its matter.
  void (*spoil)(const Rule& rule, Delivery& delivery) = nullptr;

  bool arrives() const noexcept { return !refused && !handshake; }

  /// By layer, then by name.
  static std::span<const Kind* const> all();
  /// Null: there is none of this name.
  static const Kind* find(std::string_view name);
  /// Throws std::out_of_range where there is none of this name.
  static const Kind& named(std::string_view name);
};

/// In the order of Kind::all().
std::vector<std::string_view> kind_names();

}  // namespace vfstock::mockpanel::faults
