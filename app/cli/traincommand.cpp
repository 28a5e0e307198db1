#include "app/cli/subcommand.h"
#include "core/data/augmentation.h"
#include "core/learning/networks.h"

#include <CLI/CLI.hpp>

#include <charconv>
#include <cstdint>
#include <memory>
#include <system_error>
#include <utility>

namespace digitpad::cli {

namespace {

using Write = std::function<void(RunOptions&)>;

/// Texts and numbers as they were given, until it is clear what they are added to: the defaults, a preset or
/// an options file. Only what was given is written over those.
struct RawTraining
{
    RunOptions given;
    std::vector<std::pair<const CLI::Option*, Write>> writes;

    std::vector<std::string> data;
    std::vector<std::string> validationSources;
    std::string augment;
    std::string normalization = "half";
    std::string activation;
    double dropout = 0;
    bool batchNormalization = false;

    std::string optionsFile;
    std::string preset;
    bool listPresets = false;
    std::string saveOptions;
    std::string resume;
    std::string name;
    std::string runsFolder;
    bool noRun = false;
    std::string keep = "best";
    std::string out;
    bool json = false;
};

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

template <class List>
std::string joined(const List& names)
{
    std::string text;
    for (const std::string& name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

std::string networkNames()
{
    std::vector<std::string> names;
    for (const NetworkDescription& network : networkDescriptions()) {
        names.push_back(network.name);
    }
    return joined(names);
}

std::string presetNames()
{
    std::vector<std::string> names;
    for (const Preset& preset : presets()) {
        names.push_back(preset.name.toStdString());
    }
    return joined(names);
}

/// Defines the options of one RawTraining; each is a line that says where its value goes.
class Definition
{
public:
    Definition(CLI::App* app, RawTraining& raw)
        : m_app(app)
        , m_raw(raw)
    {
    }

    template <class T>
    CLI::Option* add(const std::string& name, T TrainingOptions::*member, const std::string& help)
    {
        RawTraining& raw = m_raw;
        CLI::Option* option =
            m_app->add_option(name, raw.given.training.*member, help)->capture_default_str();
        writes(option,
               [&raw, member](RunOptions& target) { target.training.*member = raw.given.training.*member; });
        return option;
    }
    CLI::Option* addFlag(const std::string& name, bool TrainingOptions::*member, const std::string& help)
    {
        RawTraining& raw = m_raw;
        CLI::Option* option = m_app->add_flag(name, raw.given.training.*member, help);
        writes(option,
               [&raw, member](RunOptions& target) { target.training.*member = raw.given.training.*member; });
        return option;
    }
    void writes(const CLI::Option* option, Write write)
    {
        m_raw.writes.emplace_back(option, std::move(write));
    }

    [[nodiscard]] CLI::App* app() const { return m_app; }
    [[nodiscard]] RawTraining& raw() const { return m_raw; }

private:
    CLI::App* m_app;
    RawTraining& m_raw;
};

void addHeldOut(Definition& definition)
{
    RawTraining& raw = definition.raw();
    definition.writes(
        definition.app()
            ->add_option(
                "--validation-sources", raw.validationSources,
                "Sources (or writers) of ink collections that are kept out of training, as NAME,NAME,...; "
                "some are drawn by chance otherwise")
            ->type_name("NAMES")
            ->delimiter(','),
        [&raw](RunOptions& target) {
            target.data.heldOutGroups.clear();
            for (const std::string& name : raw.validationSources) {
                target.data.heldOutGroups.append(QString::fromStdString(name));
            }
        });
}

void addAugmentation(Definition& definition)
{
    RawTraining& raw = definition.raw();
    definition.writes(
        definition.app()
            ->add_option(
                "--augment", raw.augment,
                "Vary the training images from epoch to epoch; in all ways, or in a list of " +
                    joined(augmentationNames()) +
                    ", each with a strength if wanted: rotate,bend=0.5,plain=0.2; none for not at all")
            ->type_name("LIST")
            ->expected(0, 1)
            ->default_str("all")
            ->check(requireAugmentation),
        [&raw](RunOptions& target) {
            const AugmentationOptions augmentation =
                augmentationFromText(raw.augment.empty() ? "all" : raw.augment).value();
            target.data.augmentation =
                augmentation == AugmentationOptions() ? std::nullopt : std::optional(augmentation);
        });
}

void addTrainingData(Definition& definition)
{
    RawTraining& raw = definition.raw();
    CLI::App* app = definition.app();
    DataSource& given = raw.given.data;
    addData(app, raw.data, given);
    definition.writes(app->get_option("--data"),
                      [&raw](RunOptions& target) { target.data.parts = paths(raw.data); });
    definition.writes(app->get_option("--synthetic-count"),
                      [&given](RunOptions& target) { target.data.syntheticCount = given.syntheticCount; });
    definition.writes(app->get_option("--no-digit-count"),
                      [&given](RunOptions& target) { target.data.noDigitCount = given.noDigitCount; });
    definition.writes(app->get_option("--with-no-digits"),
                      [&given](RunOptions& target) { target.data.withNoDigits = given.withNoDigits; });
    definition.writes(app->add_option("--repeat-ink", given.inkRepeats,
                                      "How often drawings of ink collections come in each epoch")
                          ->type_name("N")
                          ->capture_default_str()
                          ->check(CLI::Range(1, 1000)),
                      [&given](RunOptions& target) { target.data.inkRepeats = given.inkRepeats; });
    addHeldOut(definition);
    addAugmentation(definition);
}

void addNetwork(Definition& definition)
{
    RawTraining& raw = definition.raw();
    CLI::App* app = definition.app();
    NetworkDetails& details = raw.given.training.details;
    definition.add("--network", &TrainingOptions::network, "One of " + networkNames());
    definition.writes(
        app->add_option("--hidden-widths", details.hiddenWidths,
                        "Units of each hidden layer of a fully connected network: 128,64")
            ->type_name("N,N,...")
            ->delimiter(','),
        [&details](RunOptions& target) { target.training.details.hiddenWidths = details.hiddenWidths; });
    definition.writes(
        app->add_option("--activation", raw.activation,
                        "One of " + joined(activationNames()) + "; the network's own otherwise"),
        [&raw](RunOptions& target) { target.training.details.activation = raw.activation; });
    definition.writes(
        app->add_flag("--batch-normalization,!--no-batch-normalization", raw.batchNormalization,
                      "With or without it, instead of the network's own choice"),
        [&raw](RunOptions& target) { target.training.details.batchNormalization = raw.batchNormalization; });
    definition.writes(
        app->add_option("--dropout", raw.dropout, "Probability, 0 to 0.95, instead of the network's own"),
        [&raw](RunOptions& target) { target.training.details.dropout = raw.dropout; });
}

void addOptimizer(Definition& definition)
{
    definition.add("--optimizer", &TrainingOptions::optimizer, "adam, adamw, sgd or rmsprop");
    definition.add("--learning-rate", &TrainingOptions::learningRate, "Above 0, up to 10");
    definition.add("--momentum", &TrainingOptions::momentum, "Of sgd and rmsprop, 0 to below 1");
    definition.addFlag("--nesterov,!--no-nesterov", &TrainingOptions::nesterov,
                       "Nesterov's momentum, of sgd");
    definition.add("--beta1", &TrainingOptions::beta1, "Of adam and adamw, 0 to below 1");
    definition.add("--beta2", &TrainingOptions::beta2, "Of adam and adamw, 0 to below 1");
    definition.add("--alpha", &TrainingOptions::alpha, "Of rmsprop: smoothing of the squared gradient");
    definition.add("--epsilon", &TrainingOptions::epsilon, "Of adam, adamw and rmsprop");
    definition.add("--weight-decay", &TrainingOptions::weightDecay, "0 to 1; usual: 0.0001 to 0.05");
}

void addSchedule(Definition& definition)
{
    definition.add("--schedule", &TrainingOptions::schedule,
                   "Of the learning rate: constant, step, exponential, cosine, one-cycle or plateau");
    definition.add("--warm-up", &TrainingOptions::warmUp,
                   "Part of the run, 0 to 0.9, over which the learning rate rises");
    definition.add("--step-epochs", &TrainingOptions::stepEpochs, "Of step: epochs between two steps");
    definition.add("--rate-factor", &TrainingOptions::rateFactor,
                   "Of step, exponential and plateau: what the rate is multiplied by");
    definition.add("--plateau-patience", &TrainingOptions::plateauPatience,
                   "Of plateau: epochs without progress before the rate falls");
    definition.add("--final-learning-rate", &TrainingOptions::finalLearningRate,
                   "Of cosine, one-cycle and plateau: where the rate ends");
}

void addRegularization(Definition& definition)
{
    definition.add("--label-smoothing", &TrainingOptions::labelSmoothing,
                   "Part of each label that is spread over all classes, 0 to below 1");
    definition.add("--gradient-clip", &TrainingOptions::gradientClip,
                   "Largest norm of the gradient; 0 for no limit");
    definition
        .add("--weight-average", &TrainingOptions::weightAverage,
             "Keep a moving average of the weights with that decay, 0.999 for instance; 0 for none")
        ->type_name("DECAY");
}

void addNormalization(Definition& definition)
{
    RawTraining& raw = definition.raw();
    definition.writes(
        definition.app()
            ->add_option(
                "--normalization", raw.normalization,
                "Of pixels: half scales them to -1..1, exact uses the data's mean and deviation, own "
                "those of --mean and --standard-deviation")
            ->check(CLI::IsMember({"half", "exact", "own"}))
            ->capture_default_str(),
        [&raw](RunOptions& target) {
            target.training.normalization = raw.normalization == "exact" ? NormalizationChoice::Exact
                                            : raw.normalization == "own" ? NormalizationChoice::Own
                                                                         : NormalizationChoice::Half;
        });
    definition.add("--mean", &TrainingOptions::mean, "Of --normalization own, of pixels scaled to 0..1");
    definition.add("--standard-deviation", &TrainingOptions::standardDeviation,
                   "Of --normalization own, above 0");
}

void addAmounts(Definition& definition)
{
    definition.add("--batch-size", &TrainingOptions::batchSize, "Images in each training step");
    definition.add("--epochs", &TrainingOptions::epochs,
                   "Times to go through the data, up to 10000; with --resume the total");
    definition.add("--plain-epochs", &TrainingOptions::plainEpochs,
                   "The last so many epochs see their images as they are, whatever --augment says");
    definition.add("--validation-split", &TrainingOptions::validationSplit,
                   "Part of the data kept out of training, between 0 and 1");
    definition.add(
        "--folds", &TrainingOptions::folds,
        "Cross-validation: cut the data into 2 to 20 folds, and train once for each, validating on "
        "it; 0 for a plain split");
    definition.add("--patience", &TrainingOptions::patience,
                   "Stop early after so many epochs without a better validation loss; 0 for never");
    definition
        .add("--seed", &TrainingOptions::seed,
             "Split, initial weights, order, augmentation and dropout follow "
             "from it")
        ->check(requireSeed);
    definition.add("--device", &TrainingOptions::device, "cpu or cuda");
    definition.add("--threads", &TrainingOptions::threads, "Training threads, 1 to 64; 0 chooses");
}

void addWhereFrom(CLI::App* app, RawTraining& raw)
{
    auto* preset = app->add_option("--preset", raw.preset,
                                   "Begin with the options of " + presetNames() + "; others given here win")
                       ->type_name("NAME")
                       ->check(refuseEmpty);
    app->add_flag("--list-presets", raw.listPresets, "Say what the presets are, and train nothing");
    auto* file = app->add_option("--options", raw.optionsFile,
                                 "Begin with the options of a file that --save-options or the window wrote; "
                                 "others given here win")
                     ->type_name("FILE")
                     ->check(refuseEmpty)
                     ->excludes(preset);
    app->add_option("--save-options", raw.saveOptions, "Write the options to a file, and train nothing")
        ->type_name("FILE")
        ->check(refuseEmpty);
    app->add_option("--resume", raw.resume,
                    "Go on with a run that was interrupted or stopped, or, with more --epochs, one that is "
                    "complete: its id, its name, or how its id begins")
        ->type_name("RUN")
        ->check(refuseEmpty)
        ->excludes(preset)
        ->excludes(file)
        ->excludes("--data");
}

void addWhereTo(CLI::App* app, RawTraining& raw)
{
    app->add_option("--name", raw.name, "What to call the run")->check(refuseEmpty);
    addRunsFolder(app, raw.runsFolder);
    app->add_flag("--no-run", raw.noRun, "Keep no run: its curves, and the checkpoints to resume from");
    app->add_option("--keep", raw.keep,
                    "Weights to save with --out: of the best epoch in validation, or the last ones")
        ->check(CLI::IsMember({"best", "last"}))
        ->capture_default_str();
    app->add_option("--out", raw.out, "Where the model goes; it stays in the run's folder alone otherwise")
        ->type_name("FILE")
        ->check(refuseEmpty);
    addJson(app, raw.json);
}

Notice refusal(ExitCode code, const QString& sentence)
{
    return Notice{code, sentence.toUtf8()};
}

/// What the options given on the command line are written over.
Result<ReadOptions> beginning(const RawTraining& raw)
{
    if (!raw.optionsFile.empty()) {
        return readOptionsFile(path(raw.optionsFile));
    }
    ReadOptions read;
    if (raw.preset.empty()) {
        return read;
    }
    const Preset* preset = findPreset(path(raw.preset));
    if (preset == nullptr) {
        return Error{ErrorCode::InvalidInput,
                     "There is no preset “" + raw.preset + "”; choose one of " + presetNames() + "."};
    }
    read.options = withPreset(*preset, read.options);
    read.options.data.parts = {QStringLiteral("mnist")};
    return read;
}

TrainOptions destination(const RawTraining& raw)
{
    TrainOptions options;
    options.name = QString::fromStdString(raw.name);
    options.preset = QString::fromStdString(raw.preset);
    options.resume = path(raw.resume);
    options.record = !raw.noRun;
    options.runsFolder = path(raw.runsFolder);
    options.saveOptions = path(raw.saveOptions);
    options.keep = raw.keep == "best" ? KeptWeights::Best : KeptWeights::Last;
    options.out = path(raw.out);
    options.json = raw.json;
    return options;
}

Command finish(const CLI::App& app, const RawTraining& raw)
{
    if (raw.listPresets) {
        return PresetsOptions{raw.json};
    }
    TrainOptions options = destination(raw);
    const Result<ReadOptions> read = beginning(raw);
    if (!read) {
        return refusal(read.error().code == ErrorCode::InvalidInput ? WrongUsage : Failed,
                       QString::fromStdString(read.error().message));
    }
    options.run = read->options;
    options.warnings = read->warnings;
    for (const auto& [option, write] : raw.writes) {
        if (option->count() > 0) {
            write(options.run);
        }
    }
    if (app.get_option("--epochs")->count() > 0) {
        options.epochs = options.run.training.epochs;
    }
    if (options.run.data.parts.isEmpty() && options.resume.isEmpty()) {
        return refusal(WrongUsage, QStringLiteral("Say what to learn from with --data: --data mnist, --data "
                                                  "synthetic, or files of your own."));
    }
    if (options.out.isEmpty() && !options.record && options.saveOptions.isEmpty()) {
        return refusal(WrongUsage, QStringLiteral("Nothing would be left of this training: give --out a file "
                                                  "for the model, or leave out --no-run."));
    }
    return options;
}

} // namespace

Subcommand defineTrain(CLI::App& program)
{
    const auto raw = std::make_shared<RawTraining>();
    CLI::App* app = program.add_subcommand("train", "Train a network and save it");
    // A script with a recipe can pass on what its caller adds: of an option given twice the last one counts.
    app->option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    Definition definition(app, *raw);
    addTrainingData(definition);
    addWhereFrom(app, *raw);
    addNetwork(definition);
    addOptimizer(definition);
    addSchedule(definition);
    addRegularization(definition);
    addNormalization(definition);
    addAmounts(definition);
    addWhereTo(app, *raw);
    app->footer(
        "Every run leaves a folder with its options, curves and models; digitpad-cli runs lists them.\n"
        "Ctrl+C stops after the batch in progress and saves the model; a second Ctrl+C ends at once, and "
        "--resume\n"
        "goes on from the last epoch that ended.\n"
        "Examples:\n"
        "  digitpad-cli train --preset fast-cnn --data mnist --out fast.pt\n"
        "  digitpad-cli train --data synthetic --epochs 3 --out first.pt\n"
        "  digitpad-cli train --data mnist --network cnn --schedule cosine --warm-up 0.05 --out cnn.pt\n"
        "  digitpad-cli train --data mnist pens.jsonl.gz --with-no-digits --augment --network cnn\n"
        "  digitpad-cli train --options tuned.json --seed 2 --name \"tuned, second seed\"\n"
        "  digitpad-cli train --resume 20261126-1415");
    return {app, [raw, app]() -> Command { return finish(*app, *raw); }};
}

} // namespace digitpad::cli
