// Addresses move between the blocks and a server, and with them what can be sold.
#include <array>

#include "mockpanel/api/addresses.h"
#include "mockpanel/api/answer.h"
#include "mockpanel/api/handlers.h"

namespace vfstock::mockpanel::api {
namespace {

using AddressType = BodyField::Type;

constexpr BodyField interface_field{"interface", AddressType::text, false, 1, 20};
constexpr BodyField ip_field{"ip", AddressType::texts, true};

/// The mock's servers have one interface.
std::optional<Response> refuse_interface(const Body& body) {
  const std::string name = body.text("interface").value_or("primary");
  if (name == "primary") return std::nullopt;
  if (name == "secondary") return errors(422, {"The server has no secondary interface."});
  return errors(422, {"The interface field must be primary or secondary."});
}

/// The addresses that the body lists, or why they are none of this hypervisor's blocks.
struct Listed {
  std::vector<model::Address> addresses;
  std::string problem;
};

Listed listed(const Call& call, const model::Server& server, const Body& body) {
  Listed found;
  const auto host = call.world.hypervisors.find(server.hypervisor);
  const std::vector<std::string> texts = *body.texts("ip");
  for (const std::string& text : texts) {
    const auto digits = ipv4_number(text);
    if (!digits) return {{}, "The ip field must list IPv4 addresses."};
    const auto held = std::find_if(
        server.addresses.begin(), server.addresses.end(),
        [&](const model::Address& address) { return digits_of(call.world, address) == *digits; });
    auto address = held == server.addresses.end() ? std::nullopt : std::optional(*held);
    if (!address && host != call.world.hypervisors.end()) {
      address = find_address(call.world, host->second, *digits);
    }
    if (!address) return {{}, "An address is in no block of the server's hypervisor."};
    found.addresses.push_back(*address);
  }
  return found;
}

using Move = std::string (model::World::*)(std::int64_t, const std::vector<model::Address>&);

Response move(const Call& call, Move how) {
  constexpr std::array fields{interface_field, ip_field};
  model::Server* const server = server_of(call);
  if (server == nullptr) return not_found("server");
  const Body body = body_of(call, fields);
  if (auto refused = refusal(call, body)) return *std::move(refused);
  if (auto refused = refuse_interface(body)) return *std::move(refused);
  const Listed named = listed(call, *server, body);
  if (!named.problem.empty()) return errors(422, {named.problem});
  const std::string refused = (call.world.*how)(call.id, named.addresses);
  if (!refused.empty()) return errors(422, {refused});
  return {204, {}, {}};
}

}  // namespace

Response add_address_quantity(const Call& call) {
  const std::array fields{BodyField{"interface", AddressType::text, true, 1, 20},
                          BodyField{"quantity", AddressType::integer, true, 1, 65536}};
  const model::Server* const server = server_of(call);
  if (server == nullptr) return not_found("server");
  const Body body = body_of(call, fields);
  if (auto refused = refusal(call, body)) return *std::move(refused);
  if (auto refused = refuse_interface(body)) return *std::move(refused);
  const auto added = call.world.add_addresses(call.id, *body.number("quantity"));
  if (added.empty()) return errors(422, {"There are not enough free IPv4 addresses."});
  Json list = Json::array();
  for (const model::Address& address : added) {
    list.push_back(ipv4_text(digits_of(call.world, address)));
  }
  return record(200, std::move(list));
}

Response add_addresses(const Call& call) { return move(call, &model::World::take_addresses); }

Response remove_addresses(const Call& call) { return move(call, &model::World::return_addresses); }

}  // namespace vfstock::mockpanel::api
