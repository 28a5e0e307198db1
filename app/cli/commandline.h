#pragma once

#include "app/cli/commands.h"

#include <QByteArray>

#include <variant>

namespace digitpad::cli {

/// Nothing to run: help was asked for, or the command line makes no sense.
struct Notice
{
    int exitCode = Done;
    QByteArray text; ///< For standard output where the code is Done, for standard error otherwise.
};

struct CommandLine
{
    std::variant<Notice, VersionOptions, ClassifyOptions, TrainOptions, PresetsOptions, RunsOptions,
                 EvaluateOptions, DownloadOptions>
        command;
    bool verbose = false;
};

/// Arguments as main() gets them.
CommandLine parseCommandLine(int argc, const char* const* argv);

} // namespace digitpad::cli
