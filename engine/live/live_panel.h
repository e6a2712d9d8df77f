// The real panel as the engine reads it, with a memory of what was answered.
#pragma once

#include "engine/http/http_transport.h"
#include "engine/live/patient_panel.h"
#include "engine/live/settings.h"
#include "engine/panel/answer_log.h"
#include "engine/panel/http_panel.h"
#include "engine/plan/policy.h"

namespace vfstock::live {

/// Throws SettingsError when the settings cannot be used.
http::HttpTransport open_transport(const PanelSettings& settings, const plan::Policy& policy);

class LivePanel {
 public:
  /// Throws SettingsError when the settings cannot be used.
  LivePanel(const PanelSettings& settings, const plan::Policy& policy, const Clock& clock);

  panel::Panel& panel() { return panel_; }
  /// The same, for a program that runs once: waits out what the panel asks for.
  panel::Panel& patient() { return patient_; }
  panel::Transport& transport() { return log_; }
  panel::AnswerLog& log() { return log_; }

 private:
  http::HttpTransport transport_;
  panel::AnswerLog log_;
  panel::HttpPanel panel_;
  PatientPanel patient_;
};

}  // namespace vfstock::live
