// vfstock hook: puts the hook file into a WHMCS folder, or takes it away.

#include <filesystem>
#include <stdexcept>

#include "engine/live/serve/signature.h"
#include "engine/live/whmcs/hook_files.h"
#include "sim/cli/options.h"
#include "sim/cli/secret_files.h"
#include "sim/cli/verb.h"
#include "sim/cli/whole_file.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;

namespace {

VerbOptions hook_options() {
  VerbOptions options{.verb = "hook",
                      .usage = "vfstock hook install|uninstall --whmcs DIR [OPTIONS]",
                      .examples =
                          "Examples:\n"
                          "  vfstock hook install --whmcs /var/www/whmcs \\\n"
                          "    --hook-secret-file /etc/vfstock/hook-secret\n"
                          "  vfstock hook uninstall --whmcs /var/www/whmcs\n",
                      .named = po::options_description("Options"),
                      .positional = {},
                      .hidden = {}};
  options.named.add_options()                                                        //
      ("whmcs", po::value<std::string>()->value_name("DIR"), "the folder of WHMCS")  //
      ("url", word("URL")->default_value("http://127.0.0.1:8893"),
       "where the daemon listens, as the shop reaches it")  //
      ("hook-secret-file", word("FILE"),
       "the daemon's secrets; the first is used, and made where the file is not there yet");
  options.hidden.add_options()("action", po::value<std::string>());
  options.positional.add("action", 1);
  return options;
}

/// The first secret of the file, or a new one in a file that nobody else can read.
std::string secret_of(const std::string& file, std::ostream& talk) {
  if (!std::filesystem::exists(file)) {
    const std::string secret = whmcs::new_secret();
    write_whole_file(file, secret + "\n");
    return secret;
  }
  const std::string secret = secret_line("hook-secret-file", file, talk);
  try {
    serve::key_of(secret);
  } catch (const std::invalid_argument& error) {
    throw UsageError(file + ": " + error.what());
  }
  return secret;
}

int install(const po::variables_map& values, const std::string& folder,
            const Invocation& invocation) {
  if (!values.contains("hook-secret-file")) {
    throw UsageError("--hook-secret-file FILE is needed: the daemon reads the same");
  }
  const std::string& secret_file = values["hook-secret-file"].as<std::string>();
  const auto files = whmcs::install(folder, values["url"].as<std::string>(),
                                    secret_of(secret_file, invocation.err));
  invocation.out << files.hook.string() << "\n" << files.settings.string() << "\n";
  invocation.err << "start the daemon with --hook-secret-file " << secret_file << "\n";
  return Status::good;
}

}  // namespace

int hook_verb(const Invocation& invocation) {
  const auto values = read_options(hook_options(), invocation);
  if (!values) return Status::good;
  if (!values->contains("action") || !values->contains("whmcs")) {
    throw UsageError("say install or uninstall, and --whmcs DIR (see vfstock hook --help)");
  }
  const std::string action =
      one_of("action", (*values)["action"].as<std::string>(), {"install", "uninstall"});
  const std::string& folder = (*values)["whmcs"].as<std::string>();
  try {
    if (action == "install") return install(*values, folder, invocation);
    invocation.err << whmcs::uninstall(folder) << " files removed\n";
    return Status::good;
  } catch (const std::runtime_error& error) {
    throw UsageError(error.what());
  }
}

}  // namespace vfstock::sim::cli
