#include "app/cli/commandline.h"

#include "app/cli/subcommand.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace digitpad::cli {

namespace {

Subcommand defineClassify(CLI::App& program)
{
    struct Raw
    {
        RawModel model;
        bool json = false;
        bool number = false;
        std::vector<std::string> inputs;
    };
    const auto raw = std::make_shared<Raw>();
    CLI::App* app = program.add_subcommand("classify", "Read digits from pictures, ink and IDX files");
    addModel(app, raw->model);
    addJson(app, raw->json);
    app->add_flag("--number", raw->number, "Find all digits of each drawing, and read them as a number");
    app->add_option(
           "INPUT", raw->inputs,
           "Pictures, InkML (.inkml), ink collections (.jsonl, .jsonl.gz), IDX images (also .gz); - reads "
           "JSON Lines from standard input")
        ->required()
        ->check(refuseEmpty);
    app->footer("Examples:\n"
                "  digitpad-cli classify seven.png scan.jpg\n"
                "  digitpad-cli classify --number phone.png\n"
                "  digitpad-cli classify --json drawings.jsonl.gz > results.jsonl\n"
                "  zcat drawings.jsonl.gz | digitpad-cli classify --json -");
    return {app, [raw]() -> Command {
                return ClassifyOptions{raw->model.choice(), raw->json, raw->number, paths(raw->inputs)};
            }};
}

Subcommand defineEvaluate(CLI::App& program)
{
    struct Raw
    {
        RawModel model;
        std::vector<std::string> data;
        std::string report;
        EvaluateOptions options;
    };
    const auto raw = std::make_shared<Raw>();
    CLI::App* app = program.add_subcommand("evaluate", "Measure how well a model reads labelled data");
    addModel(app, raw->model);
    addData(app, raw->data, raw->options.source);
    app->get_option("--data")->required();
    app->add_option(
           "--report", raw->report,
           "Write a report with all figures, charts and misread images: .html, .pdf, .csv or .json by "
           "the name's ending, all four where it has none")
        ->type_name("FILE")
        ->check(refuseEmpty);
    app->add_flag("--robustness", raw->options.robustness,
                  "Measure the accuracy on shifted, resized, turned, thicker and noisy images too");
    addJson(app, raw->options.json);
    app->footer(
        "Measures on the data's test images, or on all of it where it has none of its own.\n"
        "Examples:\n"
        "  digitpad-cli evaluate --data mnist\n"
        "  digitpad-cli evaluate --data mnist --robustness --report report.html\n"
        "  digitpad-cli evaluate --model net.pt --trust-torchscript --normalization 0.1307 0.3081 --data "
        "mnist\n"
        "  digitpad-cli evaluate --model cnn.pt --data drawings.jsonl.gz --json\n"
        "  digitpad-cli evaluate --data digits.jsonl letters.jsonl --with-no-digits");
    return {app, [raw]() -> Command {
                EvaluateOptions options = raw->options;
                options.model = raw->model.choice();
                options.report = path(raw->report);
                options.source.parts = paths(raw->data);
                return options;
            }};
}

Subcommand defineRuns(CLI::App& program)
{
    struct Raw
    {
        std::vector<std::string> runs;
        std::string folder;
        bool json = false;
    };
    const auto raw = std::make_shared<Raw>();
    CLI::App* app = program.add_subcommand("runs", "List the runs of training, newest first");
    app->add_option("RUN", raw->runs, "Only these, with all their epochs: ids, names, or how an id begins");
    addRunsFolder(app, raw->folder);
    addJson(app, raw->json);
    app->footer("Examples:\n"
                "  digitpad-cli runs\n"
                "  digitpad-cli runs --json > runs.jsonl\n"
                "  digitpad-cli runs 20261126-1415");
    return {app, [raw]() -> Command { return RunsOptions{path(raw->folder), paths(raw->runs), raw->json}; }};
}

Subcommand defineDownload(CLI::App& program)
{
    struct Raw
    {
        std::string folder;
        std::vector<std::string> mirrors;
    };
    const auto raw = std::make_shared<Raw>();
    CLI::App* app = program.add_subcommand("download-mnist", "Download the MNIST data set (11 MB)");
    app->add_option("--to", raw->folder, "Folder for the four files; the application's data folder otherwise")
        ->type_name("DIR")
        ->check(refuseEmpty);
    app->add_option("--mirror", raw->mirrors,
                    "Folder on the web that has the files, instead of the public ones")
        ->type_name("URL")
        ->check(refuseEmpty);
    app->footer("Examples:\n"
                "  digitpad-cli download-mnist\n"
                "  digitpad-cli download-mnist --to ~/mnist --mirror https://example.org/mnist/");
    return {app, [raw]() -> Command { return DownloadOptions{path(raw->folder), paths(raw->mirrors)}; }};
}

std::vector<Subcommand> define(CLI::App& program, bool& verbose)
{
    program.name("digitpad-cli");
    program.set_version_flag("--version", std::string(), "Versions of DigitPad, Qt and LibTorch");
    program.add_flag("--verbose", verbose, "Details on standard error");
    program.require_subcommand(1);
    program.fallthrough();
    program.footer("Exit codes: 0 done, 1 it failed, 2 wrong usage.\n"
                   "Examples:\n"
                   "  digitpad-cli classify seven.png\n"
                   "  digitpad-cli train --data synthetic --out first.pt\n"
                   "  digitpad-cli train --preset fast-cnn --data mnist\n"
                   "  digitpad-cli runs\n"
                   "  digitpad-cli evaluate --model first.pt --data mnist\n"
                   "Options of a subcommand: digitpad-cli classify --help");
    return {defineClassify(program), defineTrain(program), defineRuns(program), defineEvaluate(program),
            defineDownload(program)};
}

/// Help, or what is wrong with the command line, in CLI11's words and our exit code.
Notice notice(const CLI::App& program, const CLI::ParseError& error)
{
    std::ostringstream out;
    std::ostringstream err;
    const int code = program.exit(error, out, err);
    return code == 0 ? Notice{Done, QByteArray::fromStdString(out.str())}
                     : Notice{WrongUsage, QByteArray::fromStdString(err.str())};
}

} // namespace

CommandLine parseCommandLine(int argc, const char* const* argv)
{
    CommandLine line;
    CLI::App program(
        "DigitPad on the command line: reads hand-drawn digits, trains the networks that read them.");
    const std::vector<Subcommand> subcommands = define(program, line.verbose);
    if (argc < 2) {
        line.command = Notice{WrongUsage, QByteArray::fromStdString(program.help())};
        return line;
    }
    try {
        program.parse(argc, argv);
    } catch (const CLI::CallForVersion&) {
        line.command = VersionOptions{};
        return line;
    } catch (const CLI::ParseError& error) {
        line.command = notice(program, error);
        return line;
    }
    for (const Subcommand& subcommand : subcommands) {
        if (subcommand.app->parsed()) {
            line.command = subcommand.finish();
        }
    }
    return line;
}

} // namespace digitpad::cli
