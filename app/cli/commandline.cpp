#include "app/cli/commandline.h"

#include "core/data/augmentation.h"
#include "core/learning/networks.h"

#include <CLI/CLI.hpp>
#include <QFile>

#include <charconv>
#include <cstdint>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace digitpad::cli {

namespace {

using Command = decltype(CommandLine::command);

/// A subcommand, and what to make of its options once they are parsed.
struct Subcommand
{
    CLI::App* app;
    std::function<Command()> finish;
};

QString path(const std::string& argument)
{
    return QFile::decodeName(QByteArray::fromStdString(argument));
}

QStringList paths(const std::vector<std::string>& arguments)
{
    QStringList list;
    for (const std::string& argument : arguments) {
        list.append(path(argument));
    }
    return list;
}

/// An empty argument is nearly always a script's variable that was never set.
std::string refuseEmpty(const std::string& argument)
{
    return argument.empty() ? "an empty name was given" : "";
}

/// CLI11 2.1 would quietly take -1 and numbers that are too large for the largest seed there is.
std::string requireSeed(const std::string& argument)
{
    std::uint64_t seed = 0;
    const char* end = argument.data() + argument.size();
    const auto [stop, error] = std::from_chars(argument.data(), end, seed);
    return stop == end && error == std::errc()
               ? ""
               : argument + " is no whole number from 0 to 18446744073709551615";
}

std::string requireAugmentation(const std::string& argument)
{
    const auto options = augmentationFromText(argument);
    return options ? "" : options.error().message;
}

std::string networkNames()
{
    std::string names;
    for (const NetworkDescription& network : networkDescriptions()) {
        names += (names.empty() ? "" : ", ") + network.name;
    }
    return names;
}

void addModel(CLI::App* app, std::string& model)
{
    app->add_option("--model", model, "Model file; the bundled model where this is not given")
        ->type_name("FILE")
        ->check(refuseEmpty);
}

/// What train and evaluate share.
void addData(CLI::App* app, std::vector<std::string>& data, DataSource& source)
{
    app->add_option(
           "--data", data,
           "mnist, synthetic, no-digits (synthetic letters, signs and scribbles), a folder with MNIST's "
           "files, "
           "ink collections (.jsonl, .jsonl.gz), or IDX image files beside their labels; several are joined")
        ->type_name("SOURCE")
        ->required()
        ->check(refuseEmpty);
    app->add_option("--synthetic-count", source.syntheticCount,
                    "How many synthetic digits to train on; the test set has a tenth of it")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(10, 10'000'000));
    app->add_option("--no-digit-count", source.noDigitCount,
                    "How many synthetic drawings no-digits has to train on; the test set has a tenth of it")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(10, 10'000'000));
    app->add_flag("--with-no-digits", source.withNoDigits,
                  "Take letters and symbols of ink collections too, as \"no digit\"; those that look like a "
                  "digit (O, l and their like) are left out");
}

void addJson(CLI::App* app, bool& json)
{
    app->add_flag("--json", json, "One JSON object a line, for machines");
}

Subcommand defineClassify(CLI::App& program)
{
    struct Raw
    {
        std::string model;
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
                return ClassifyOptions{path(raw->model), raw->json, raw->number, paths(raw->inputs)};
            }};
}

/// Texts that stand for a value until parsing is over.
struct RawTraining
{
    std::vector<std::string> data;
    TrainOptions options;
    std::string normalization = "half";
    std::string keep = "best";
    std::string out;
    std::vector<std::string> validationSources;
    std::string augment; ///< Empty where it was not asked for.
};

void addTrainingData(CLI::App* app, RawTraining& raw)
{
    addData(app, raw.data, raw.options.source);
    app->add_option(
           "--validation-sources", raw.validationSources,
           "Sources (or writers) of ink collections that are kept out of training, as NAME,NAME,...; "
           "some are drawn by chance otherwise")
        ->type_name("NAMES")
        ->delimiter(',');
    app->add_option("--repeat-ink", raw.options.source.inkRepeats,
                    "How often drawings of ink collections come in each epoch")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000));
    app->add_option(
           "--augment", raw.augment,
           "Vary the training images from epoch to epoch; in all ways, or in a list of rotate, slant, "
           "stretch, "
           "bend, pen-width, jitter, trim, shift, redraw (synthetic ones wholly anew), plain (part that "
           "does not vary), mild-pictures (how much less pictures vary than strokes), plain-pictures "
           "(part of the pictures that does not) and nudge (pictures, by up to so many whole pixels), "
           "each with a strength if wanted: rotate,bend=0.5,plain=0.2. All leaves out the last three.")
        ->type_name("LIST")
        ->expected(0, 1)
        ->default_str("all")
        ->check(requireAugmentation);
}

void addTrainingOptions(CLI::App* app, TrainingOptions& options)
{
    app->add_option("--network", options.network, "One of " + networkNames())->capture_default_str();
    app->add_option("--optimizer", options.optimizer, "adam, or sgd (momentum 0.9)")->capture_default_str();
    app->add_option("--learning-rate", options.learningRate, "Above 0, up to 10")->capture_default_str();
    app->add_option("--schedule", options.schedule, "constant, or cosine: down to 0 over the run")
        ->capture_default_str();
    app->add_option("--batch-size", options.batchSize, "Images in each training step")->capture_default_str();
    app->add_option("--epochs", options.epochs, "Times to go through the data, up to 10000")
        ->capture_default_str();
    app->add_option("--validation-split", options.validationSplit,
                    "Part of the data kept out of training, between 0 and 1")
        ->capture_default_str();
    app->add_option("--seed", options.seed, "Split, initial weights, order and dropout follow from it")
        ->check(requireSeed)
        ->capture_default_str();
    app->add_option("--weight-average", options.weightAverage,
                    "Keep a moving average of the weights with that decay, 0.999 for instance; 0 for none")
        ->type_name("DECAY")
        ->capture_default_str();
    app->add_option("--threads", options.threads, "Training threads, 1 to 64; 0 chooses")
        ->capture_default_str();
}

TrainOptions finishTraining(const RawTraining& raw)
{
    TrainOptions options = raw.options;
    options.source.parts = paths(raw.data);
    for (const std::string& name : raw.validationSources) {
        options.source.heldOutGroups.append(QString::fromStdString(name));
    }
    if (!raw.augment.empty()) {
        options.source.augmentation = augmentationFromText(raw.augment).value();
    }
    options.out = path(raw.out);
    options.keep = raw.keep == "best" ? KeptWeights::Best : KeptWeights::Last;
    options.training.normalization =
        raw.normalization == "exact" ? NormalizationChoice::Exact : NormalizationChoice::Half;
    return options;
}

Subcommand defineTrain(CLI::App& program)
{
    const auto raw = std::make_shared<RawTraining>();
    CLI::App* app = program.add_subcommand("train", "Train a network and save it");
    addTrainingData(app, *raw);
    addTrainingOptions(app, raw->options.training);
    app->add_option("--normalization", raw->normalization,
                    "Of pixels: half scales them to -1..1, exact uses the data's mean and deviation")
        ->check(CLI::IsMember({"half", "exact"}))
        ->capture_default_str();
    app->add_option("--keep", raw->keep, "Weights to save: of the best epoch in validation, or the last ones")
        ->check(CLI::IsMember({"best", "last"}))
        ->capture_default_str();
    app->add_option("--out", raw->out, "Where the model goes")
        ->type_name("FILE")
        ->required()
        ->check(refuseEmpty);
    addJson(app, raw->options.json);
    app->footer(
        "Ctrl+C stops after the batch in progress and saves the model; a second Ctrl+C ends at once.\n"
        "Examples:\n"
        "  digitpad-cli train --data synthetic --epochs 3 --out first.pt\n"
        "  digitpad-cli train --data mnist --network cnn --schedule cosine --out cnn.pt\n"
        "  digitpad-cli train --data mnist synthetic no-digits --network cnn --out wary.pt\n"
        "  digitpad-cli train --data mnist pens.jsonl.gz --with-no-digits --augment --network cnn --out "
        "pens.pt");
    return {app, [raw]() -> Command { return finishTraining(*raw); }};
}

Subcommand defineEvaluate(CLI::App& program)
{
    struct Raw
    {
        std::string model;
        std::vector<std::string> data;
        EvaluateOptions options;
    };
    const auto raw = std::make_shared<Raw>();
    CLI::App* app = program.add_subcommand("evaluate", "Measure how well a model reads labelled data");
    addModel(app, raw->model);
    addData(app, raw->data, raw->options.source);
    addJson(app, raw->options.json);
    app->footer("Measures on the data's test images, or on all of it where it has none of its own.\n"
                "Examples:\n"
                "  digitpad-cli evaluate --data mnist\n"
                "  digitpad-cli evaluate --model cnn.pt --data drawings.jsonl.gz --json\n"
                "  digitpad-cli evaluate --data digits.jsonl letters.jsonl --with-no-digits");
    return {app, [raw]() -> Command {
                EvaluateOptions options = raw->options;
                options.model = path(raw->model);
                options.source.parts = paths(raw->data);
                return options;
            }};
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
                   "  digitpad-cli evaluate --model first.pt --data mnist\n"
                   "Options of a subcommand: digitpad-cli classify --help");
    return {defineClassify(program), defineTrain(program), defineEvaluate(program), defineDownload(program)};
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
