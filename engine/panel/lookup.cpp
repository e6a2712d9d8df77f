#include "engine/panel/lookup.h"

namespace vfstock::panel {

std::string_view name(Reason reason) noexcept {
  switch (reason) {
    case Reason::no_connection:
      return "no connection";
    case Reason::tls:
      return "tls";
    case Reason::deadline:
      return "deadline";
    case Reason::unauthorised:
      return "unauthorised";
    case Reason::forbidden:
      return "forbidden";
    case Reason::redirected:
      return "redirected";
    case Reason::throttled:
      return "throttled";
    case Reason::server_error:
      return "server error";
    case Reason::unexpected_status:
      return "unexpected status";
    case Reason::not_json:
      return "not JSON";
    case Reason::malformed:
      return "malformed";
    case Reason::inconsistent:
      return "inconsistent";
    case Reason::too_old:
      return "too old";
    case Reason::too_large:
      return "too large";
    case Reason::unconfirmed:
      return "unconfirmed";
    case Reason::probe_pending:
      return "probe pending";
    case Reason::backing_off:
      return "backing off";
  }
  return "unknown";
}

}  // namespace vfstock::panel
