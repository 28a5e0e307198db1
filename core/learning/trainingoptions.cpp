#include "core/learning/trainingoptions.h"

#include "core/learning/networks.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace digitpad {

namespace {

template <class... Parts>
std::string text(const Parts&... parts)
{
    std::ostringstream message;
    (message << ... << parts);
    return message.str();
}

std::string listed(const std::vector<std::string>& names)
{
    std::string list;
    for (std::size_t i = 0; i < names.size(); ++i) {
        list += (i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + names[i];
    }
    return list;
}

/// Where an option's numbers end.
enum class Edge {
    Included,
    Left, ///< The lowest number itself is impossible.
    Right,
    Both,
};

struct NumberRule
{
    const char* option;
    double TrainingOptions::*value;
    double low;
    double high;
    Edge open;
    const char* what;   ///< "A momentum"
    const char* advice; ///< What would be possible, and what is usual.
};

const NumberRule numberRules[] = {
    {"learningRate", &TrainingOptions::learningRate, 0, 10, Edge::Left, "A learning rate",
     "one above 0 and up to 10, 0.001 for Adam to begin with"},
    {"momentum", &TrainingOptions::momentum, 0, 1, Edge::Right, "A momentum",
     "one from 0 to below 1, usually 0.9"},
    {"beta1", &TrainingOptions::beta1, 0, 1, Edge::Right, "A beta 1", "one from 0 to below 1, usually 0.9"},
    {"beta2", &TrainingOptions::beta2, 0, 1, Edge::Right, "A beta 2", "one from 0 to below 1, usually 0.999"},
    {"alpha", &TrainingOptions::alpha, 0, 1, Edge::Right, "An alpha", "one from 0 to below 1, usually 0.99"},
    {"epsilon", &TrainingOptions::epsilon, 0, 1, Edge::Left, "An epsilon",
     "one above 0 and up to 1, usually 0.00000001"},
    {"weightDecay", &TrainingOptions::weightDecay, 0, 1, Edge::Included, "A weight decay",
     "one from 0 to 1, usually 0.0001 to 0.05, or 0 for none"},
    {"warmUp", &TrainingOptions::warmUp, 0, 0.9, Edge::Included, "A warm-up",
     "a part of the run from 0 to 0.9, 0.05 for a twentieth"},
    {"rateFactor", &TrainingOptions::rateFactor, 0, 1, Edge::Both, "A rate factor",
     "one between 0 and 1, usually 0.1 to 0.9"},
    {"finalLearningRate", &TrainingOptions::finalLearningRate, 0, 10, Edge::Included, "A final learning rate",
     "one from 0 to the learning rate"},
    {"labelSmoothing", &TrainingOptions::labelSmoothing, 0, 1, Edge::Right, "A label smoothing",
     "a part from 0 to below 1, usually 0.1, or 0 for none"},
    {"gradientClip", &TrainingOptions::gradientClip, 0, 1e6, Edge::Included, "A gradient limit",
     "one above 0, usually 1, or 0 for none"},
    {"weightAverage", &TrainingOptions::weightAverage, 0, 1, Edge::Right, "A weight average",
     "a decay from 0 to below 1, 0.999 for instance, or 0 for none"},
    {"validationSplit", &TrainingOptions::validationSplit, 0, 1, Edge::Both, "A validation split",
     "a part between 0 and 1, 0.1 for a tenth"},
    {"mean", &TrainingOptions::mean, -100, 100, Edge::Included, "A mean of the pixels",
     "one from -100 to 100, usually 0 to 1"},
    {"standardDeviation", &TrainingOptions::standardDeviation, 0.001, 100, Edge::Included,
     "A standard deviation of the pixels", "one from 0.001 to 100, usually 0.3 to 1"},
};

struct CountRule
{
    const char* option;
    int TrainingOptions::*value;
    int low;
    int high;
    const char* before; ///< "Training for "
    const char* after;  ///< " epochs"
    const char* advice;
};

const CountRule countRules[] = {
    {"stepEpochs", &TrainingOptions::stepEpochs, 1, 10'000, "A step of the learning rate every ", " epochs",
     "1 to 10000"},
    {"plateauPatience", &TrainingOptions::plateauPatience, 1, 10'000, "A plateau of ", " epochs",
     "1 to 10000, usually 2 to 5"},
    {"batchSize", &TrainingOptions::batchSize, 1, 1'000'000, "A batch of ", " images", "1 or more"},
    {"epochs", &TrainingOptions::epochs, 1, 10'000, "Training for ", " epochs", "1 to 10000"},
    {"patience", &TrainingOptions::patience, 0, 10'000, "Early stopping after ",
     " epochs without a better validation loss", "1 to 10000, or 0 for never"},
    {"threads", &TrainingOptions::threads, 0, 64, "Training on ", " threads", "1 to 64, or 0 for automatic"},
};

/// Collects the problems of one set of options.
class Checker
{
public:
    explicit Checker(const TrainingOptions& options)
        : m_options(options)
    {
    }

    std::vector<OptionProblem> alone()
    {
        checkNetwork();
        checkName("optimizer", "optimizer", m_options.optimizer, optimizerNames());
        checkName("schedule", "schedule", m_options.schedule, scheduleNames());
        checkName("device", "device", m_options.device, {"cpu", "cuda"});
        for (const NumberRule& rule : numberRules) {
            checkNumber(rule);
        }
        for (const CountRule& rule : countRules) {
            checkCount(rule);
        }
        checkFolds();
        checkCombinations();
        return std::move(m_problems);
    }

    std::vector<OptionProblem> withData(std::size_t images)
    {
        m_problems = alone();
        if (images < 2) {
            add("data", "There are only ", images,
                " labelled images; training needs at least 2, one to learn from and one to validate with.");
        } else if (sound("validationSplit") && sound("folds") && sound("fold")) {
            checkSizes(images);
        }
        return std::move(m_problems);
    }

private:
    template <class... Parts>
    void add(const char* option, const Parts&... parts)
    {
        m_problems.push_back({option, text(parts...)});
    }

    [[nodiscard]] bool sound(const char* option) const
    {
        return std::none_of(m_problems.begin(), m_problems.end(),
                            [option](const OptionProblem& problem) { return problem.option == option; });
    }

    void checkName(const char* option, const char* what, const std::string& name,
                   const std::vector<std::string>& known)
    {
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            add(option, "There is no ", what, " named “", name, "”; choose ", listed(known), ".");
        }
    }

    void checkNetwork()
    {
        std::vector<std::string> names;
        for (const NetworkDescription& network : networkDescriptions()) {
            names.push_back(network.name);
        }
        checkName("network", "network", m_options.network, names);
        const NetworkDetails& details = m_options.details;
        if (!details.hiddenWidths.empty()) {
            checkWidths(details.hiddenWidths);
        }
        if (!details.activation.empty()) {
            checkName("activation", "activation", details.activation, activationNames());
        }
        if (details.dropout && !(*details.dropout >= 0 && *details.dropout <= 0.95)) {
            add("dropout", "A dropout of ", *details.dropout,
                " is impossible; choose a part from 0 to 0.95, usually 0.1 to 0.5.");
        }
    }

    void checkWidths(const std::vector<int>& widths)
    {
        const NetworkDescription* network = findNetwork(m_options.network);
        if (network != nullptr && network->hiddenWidths.empty()) {
            add("hiddenWidths", "The layers of the network “", m_options.network,
                "” cannot be chosen; leave the widths out, or choose a fully connected network.");
        } else if (widths.size() > 8) {
            add("hiddenWidths", "A network of ", widths.size(),
                " hidden layers is too deep to train; choose 1 to 8.");
        } else if (const auto bad = std::find_if(widths.begin(), widths.end(),
                                                 [](int width) { return width < 1 || width > 4096; });
                   bad != widths.end()) {
            add("hiddenWidths", "A hidden layer of ", *bad, " units is impossible; choose 1 to 4096.");
        }
    }

    void checkNumber(const NumberRule& rule)
    {
        const double value = m_options.*rule.value;
        const bool openLeft = rule.open == Edge::Left || rule.open == Edge::Both;
        const bool openRight = rule.open == Edge::Right || rule.open == Edge::Both;
        // Written so that what is no number fails.
        if (!((openLeft ? value > rule.low : value >= rule.low) &&
              (openRight ? value < rule.high : value <= rule.high))) {
            add(rule.option, rule.what, " of ", value, " is impossible; choose ", rule.advice, ".");
        }
    }

    void checkCount(const CountRule& rule)
    {
        const int value = m_options.*rule.value;
        if (value < rule.low || value > rule.high) {
            add(rule.option, rule.before, value, rule.after, " is impossible; choose ", rule.advice, ".");
        }
    }

    void checkFolds()
    {
        if (m_options.folds != 0 && (m_options.folds < 2 || m_options.folds > 20)) {
            add("folds", "Cross-validation with ", m_options.folds,
                " folds is impossible; choose 2 to 20, or 0 for a single split.");
        } else if (m_options.folds > 0 && (m_options.fold < 1 || m_options.fold > m_options.folds)) {
            add("fold", "There is no fold ", m_options.fold, " of ", m_options.folds, "; choose 1 to ",
                m_options.folds, ".");
        }
    }

    void checkCombinations()
    {
        if (m_options.optimizer == "sgd" && m_options.nesterov && m_options.momentum == 0) {
            add("nesterov", "Nesterov's step needs momentum, which is 0; choose a momentum above 0, usually "
                            "0.9, or leave Nesterov out.");
        }
        if (m_options.plainEpochs < 0 || (sound("epochs") && m_options.plainEpochs > m_options.epochs)) {
            add("plainEpochs", m_options.plainEpochs,
                " epochs without augmentation are impossible in a run of ", m_options.epochs,
                "; choose 0 to ", m_options.epochs, ".");
        }
        const bool hasFinal = m_options.schedule == "cosine" || m_options.schedule == "one-cycle" ||
                              m_options.schedule == "plateau";
        if (hasFinal && sound("learningRate") && sound("finalLearningRate") &&
            m_options.finalLearningRate > m_options.learningRate) {
            add("finalLearningRate", "A final learning rate of ", m_options.finalLearningRate,
                " is above the learning rate, ", m_options.learningRate, "; choose 0 to ",
                m_options.learningRate, ".");
        }
    }

    void checkSizes(std::size_t images)
    {
        if (images < static_cast<std::size_t>(m_options.folds)) {
            add("folds", m_options.folds, " folds of ", images, " images leave a fold empty; choose 2 to ",
                images, " folds, or more data.");
            return;
        }
        const std::size_t validation = validationCount(images, m_options);
        if (validation < 1 || validation >= images) {
            add("validationSplit", "A validation split of ", m_options.validationSplit, " of ", images,
                " images leaves one side empty; choose a part nearer to one half, or more data.");
            return;
        }
        const std::size_t training = images - validation;
        if (sound("batchSize") && static_cast<std::size_t>(m_options.batchSize) > training) {
            add("batchSize", "A batch of ", m_options.batchSize, " images is impossible with ", training,
                " training images; choose 1 to ", training, ".");
        }
    }

    const TrainingOptions& m_options;
    std::vector<OptionProblem> m_problems;
};

Error asError(const std::vector<OptionProblem>& problems)
{
    return Error{ErrorCode::InvalidInput, problems.front().message};
}

} // namespace

const std::vector<std::string>& optimizerNames()
{
    static const std::vector<std::string> names = {"adam", "adamw", "sgd", "rmsprop"};
    return names;
}

const std::vector<std::string>& scheduleNames()
{
    static const std::vector<std::string> names = {"constant", "step",      "exponential",
                                                   "cosine",   "one-cycle", "plateau"};
    return names;
}

std::size_t validationCount(std::size_t imageCount, double split)
{
    return static_cast<std::size_t>(std::llround(static_cast<double>(imageCount) * split));
}

std::size_t validationCount(std::size_t imageCount, const TrainingOptions& options)
{
    if (options.folds == 0) {
        return validationCount(imageCount, options.validationSplit);
    }
    const auto folds = static_cast<std::size_t>(options.folds);
    const bool larger = static_cast<std::size_t>(options.fold) <= imageCount % folds;
    return imageCount / folds + (larger ? 1 : 0);
}

std::vector<OptionProblem> findProblems(const TrainingOptions& options)
{
    return Checker(options).alone();
}

std::vector<OptionProblem> findProblems(const TrainingOptions& options, std::size_t imageCount)
{
    return Checker(options).withData(imageCount);
}

std::optional<OptionProblem> findDeviceProblem(const TrainingOptions& options, bool cuda)
{
    if (options.device != "cuda" || cuda) {
        return std::nullopt;
    }
    return OptionProblem{"device", "The device “cuda” is not there: LibTorch finds no GPU that it can train "
                                   "on; choose cpu."};
}

Result<void> validateAlone(const TrainingOptions& options)
{
    const auto problems = findProblems(options);
    return problems.empty() ? Result<void>() : asError(problems);
}

Result<ValidatedOptions> validate(const TrainingOptions& options, std::size_t imageCount)
{
    const auto problems = findProblems(options, imageCount);
    if (!problems.empty()) {
        return asError(problems);
    }
    return ValidatedOptions(options);
}

} // namespace digitpad
