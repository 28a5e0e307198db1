#pragma once

#include "app/cli/commandline.h"

#include <QStringList>

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

/// What the definitions of the subcommands share.
namespace digitpad::cli {

using Command = decltype(CommandLine::command);

/// A subcommand, and what to make of its options once they are parsed.
struct Subcommand
{
    CLI::App* app;
    std::function<Command()> finish;
};

Subcommand defineTrain(CLI::App& program);

QString path(const std::string& argument);
QStringList paths(const std::vector<std::string>& arguments);
/// An empty argument is nearly always a script's variable that was never set; for CLI::Option::check().
std::string refuseEmpty(const std::string& argument);

/// --model, and what goes with files that are not DigitPad's own.
struct RawModel
{
    std::string path;
    std::vector<double> normalization; ///< Two, or none.
    bool trustTorchScript = false;

    [[nodiscard]] ModelChoice choice() const;
};
void addModel(CLI::App* app, RawModel& model);
void addJson(CLI::App* app, bool& json);
void addRunsFolder(CLI::App* app, std::string& folder);
/// The sources of images, and how they are read; the option --data is not required yet.
void addData(CLI::App* app, std::vector<std::string>& data, DataSource& source);

} // namespace digitpad::cli
