// What “Learn my hand” gives writers whom the model has never seen, as a Markdown table:
//   bench_personalization MODEL DIGITS.jsonl[.gz] MNIST-FOLDER [NAME=VALUE ...]
// MODEL must not have been trained on these writers. Of each of the worst writers, those with the most
// errors, up to `each` samples of every digit are learned and all others are read before and after; several
// rounds with other samples make up for few. Names, with what they are by default (0 or more, in seconds
// where not a count): writers=20 rounds=3 each=5 smallest=20 half=0 full=1 threads=2 and the options of
// learning, images share drawsEach variation rate batch average sgd folds others test. half=1 and half=2 take
// every other writer, so that what was chosen on the one can be reported on the other. full=0 leaves out the
// check on held-out drawings, for trying options; the time is then not the program's.
#include "core/base/random.h"
#include "core/data/mnist.h"
#include "core/data/syntheticdigits.h"
#include "core/ink/inkfile.h"
#include "core/learning/engineloader.h"
#include "core/learning/handlearning.h"
#include "core/learning/handmix.h"
#include "tests/benchmarks/statistics.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <numeric>

using namespace digitpad;

namespace {

[[noreturn]] void giveUp(const Error& error)
{
    std::fprintf(stderr, "%s\n%s\n", error.message.c_str(), error.details.c_str());
    std::exit(1);
}

template <class T>
T need(Result<T> result)
{
    if (!result) {
        giveUp(result.error());
    }
    return std::move(result).value();
}

class Silent final : public HandLearningObserver
{
public:
    void onProgress(const HandLearningProgress&) override {}
    bool stopRequested() override { return false; }
};

struct Writer
{
    std::string name;
    std::vector<LabelledInk> samples;
    std::size_t errors = 0; ///< Of the model as it came, on all samples.
};

/// UNIPEN's source “val” has a writer's ten digits under ten names, which end in 3 and the digit.
std::string writerOf(const InkSample& sample)
{
    const bool paged = sample.source == "val" && sample.writer.size() > 2;
    return sample.source + "/" + (paged ? sample.writer.substr(0, sample.writer.size() - 2) : sample.writer);
}

std::vector<Writer> readWriters(const QString& path)
{
    const auto reader = need(InkLinesReader::open(path));
    std::map<std::string, Writer> writers;
    while (true) {
        auto item = reader->next();
        if (item.status == InkLinesReader::Status::End) {
            break;
        }
        if (item.status != InkLinesReader::Status::Sample) {
            giveUp(item.error);
        }
        if (item.sample.digit() >= 0) {
            Writer& writer = writers[writerOf(item.sample)];
            writer.name = writerOf(item.sample);
            writer.samples.push_back({std::move(item.sample.ink), item.sample.digit()});
        }
    }
    std::vector<Writer> all;
    for (auto& [name, writer] : writers) {
        all.push_back(std::move(writer));
    }
    return all;
}

std::size_t fewestOfADigit(const Writer& writer)
{
    std::array<std::size_t, digitClasses> counts{};
    for (const LabelledInk& sample : writer.samples) {
        ++counts[static_cast<std::size_t>(sample.digit)];
    }
    return *std::min_element(counts.begin(), counts.end());
}

std::size_t errors(const Model& model, const DigitSet& set)
{
    const Evaluation evaluation = need(model.evaluate(set, {}));
    std::size_t wrong = evaluation.images;
    for (std::size_t digit = 0; digit < digitClasses; ++digit) {
        wrong -= static_cast<std::size_t>(evaluation.confusion[digit][digit]);
    }
    return wrong;
}

struct Settings
{
    std::map<std::string, double> values{
        {"writers", 20}, {"rounds", 3},    {"each", 5},      {"smallest", 20}, {"half", 0},
        {"full", 1},     {"synthetic", 0}, {"test", 10'000}, {"sgd", 0},       {"others", 10'000}};
    HandLearningOptions learning;

    Settings()
    {
        values["images"] = static_cast<double>(learning.images);
        values["share"] = learning.ownShare;
        values["drawsEach"] = static_cast<double>(learning.drawsEach);
        values["variation"] = learning.variation;
        values["rate"] = learning.learningRate;
        values["batch"] = learning.batchSize;
        values["average"] = learning.weightAverage;
        values["folds"] = learning.folds;
        values["threads"] = 2;
    }
    void set(const std::string& argument)
    {
        const auto sign = argument.find('=');
        const auto found = values.find(argument.substr(0, sign));
        if (sign == std::string::npos || found == values.end()) {
            giveUp({ErrorCode::InvalidInput,
                    "What is “" + argument + "”? The source's head names the options."});
        }
        found->second = std::atof(argument.c_str() + sign + 1);
    }
    [[nodiscard]] int number(const char* name) const { return static_cast<int>(values.at(name)); }
    void apply()
    {
        learning.images = static_cast<std::size_t>(values["images"]);
        learning.ownShare = values["share"];
        learning.drawsEach = static_cast<std::size_t>(values["drawsEach"]);
        learning.variation = values["variation"];
        learning.learningRate = values["rate"];
        learning.batchSize = number("batch");
        learning.optimizer = number("sgd") != 0 ? "sgd" : "adam";
        learning.weightAverage = values["average"];
        learning.folds = number("full") != 0 ? number("folds") : 0;
        learning.threads = number("threads");
    }
};

/// The writers with the most errors, in that order.
std::vector<Writer> worstWriters(std::vector<Writer> writers, const Model& model, const Settings& settings)
{
    std::erase_if(writers, [&](const Writer& writer) {
        return fewestOfADigit(writer) < 2 ||
               writer.samples.size() < static_cast<std::size_t>(settings.number("smallest"));
    });
    std::printf("%zu writers have at least %d samples and every digit twice.\n", writers.size(),
                settings.number("smallest"));
    for (Writer& writer : writers) {
        writer.errors = errors(model, imagesOf(writer.samples));
    }
    std::stable_sort(writers.begin(), writers.end(),
                     [](const Writer& a, const Writer& b) { return a.errors > b.errors; });
    writers.resize(std::min(writers.size(), static_cast<std::size_t>(settings.number("writers"))));
    if (const int half = settings.number("half"); half > 0) {
        std::vector<Writer> kept;
        for (std::size_t i = static_cast<std::size_t>(half - 1); i < writers.size(); i += 2) {
            kept.push_back(std::move(writers[i]));
        }
        return kept;
    }
    return writers;
}

struct Round
{
    std::vector<LabelledInk> learned;
    std::vector<LabelledInk> rest;
};

/// Of each digit another `each` samples in every round, and always at least one left to read.
Round dealRound(const Writer& writer, int round, std::size_t each)
{
    Round dealt;
    Random random(7);
    for (int digit = 0; digit < digitClasses; ++digit) {
        std::vector<const LabelledInk*> samples;
        for (const LabelledInk& sample : writer.samples) {
            if (sample.digit == digit) {
                samples.push_back(&sample);
            }
        }
        for (std::size_t i = samples.size(); i > 1; --i) {
            std::swap(samples[i - 1], samples[random.below(i)]);
        }
        const std::size_t count = std::min(each, samples.size() - 1);
        std::rotate(samples.begin(),
                    samples.begin() + static_cast<std::ptrdiff_t>((static_cast<std::size_t>(round) * count) %
                                                                  samples.size()),
                    samples.end());
        for (std::size_t i = 0; i < samples.size(); ++i) {
            (i < count ? dealt.learned : dealt.rest).push_back(*samples[i]);
        }
    }
    return dealt;
}

struct Outcome
{
    std::size_t learned = 0;
    std::size_t read = 0;
    std::size_t before = 0;
    std::size_t after = 0;
    std::vector<double> otherLoss; ///< Points of accuracy.
    std::vector<double> seconds;

    [[nodiscard]] double fall() const
    {
        return before == 0 ? 0 : 1 - static_cast<double>(after) / static_cast<double>(before);
    }
};

/// What the model came with, and what it learns along with.
struct Bench
{
    const Engine& engine;
    std::shared_ptr<const Model> model;
    OtherHands others;
    DigitSet test; ///< Of other hands, where `others` holds a few of them only.
    std::size_t errorsBefore = 0;
};

/// In points of accuracy.
double lossOnOthers(const HandLearningResult& result, const Bench& bench)
{
    const auto after = static_cast<double>(errors(*result.model, bench.test));
    return 100 * (after - static_cast<double>(bench.errorsBefore)) / static_cast<double>(bench.test.size());
}

Outcome personalize(const Bench& bench, const Writer& writer, const Settings& settings)
{
    Outcome outcome;
    Silent observer;
    for (int round = 0; round < settings.number("rounds"); ++round) {
        const Round dealt = dealRound(writer, round, static_cast<std::size_t>(settings.number("each")));
        const auto result = need(
            learnHand(bench.engine, bench.model, dealt.learned, bench.others, settings.learning, observer));
        const DigitSet rest = imagesOf(dealt.rest);
        outcome.learned = dealt.learned.size();
        outcome.read += rest.size();
        outcome.before += errors(*bench.model, rest);
        outcome.after += errors(*result.model, rest);
        outcome.otherLoss.push_back(lossOnOthers(result, bench));
        outcome.seconds.push_back(result.seconds);
    }
    return outcome;
}

double mean(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double largest(const std::vector<double>& values)
{
    return *std::max_element(values.begin(), values.end());
}

struct Summary
{
    std::vector<double> falls;
    std::vector<double> otherLoss;
    std::vector<double> seconds;
    std::size_t before = 0;
    std::size_t after = 0;

    void add(const Outcome& outcome)
    {
        if (outcome.before > 0) {
            falls.push_back(outcome.fall());
        }
        before += outcome.before;
        after += outcome.after;
        otherLoss.insert(otherLoss.end(), outcome.otherLoss.begin(), outcome.otherLoss.end());
        seconds.insert(seconds.end(), outcome.seconds.begin(), outcome.seconds.end());
    }
    void print() const
    {
        std::printf("\nErrors fell by %.1f %% on average over %zu writers (all their errors together: %zu to "
                    "%zu, %.1f %%).\nOther hands' accuracy fell by %.3f points on average, %.3f at most.\n"
                    "Seconds: %.1f on average, %.1f at most.\n",
                    100 * mean(falls), falls.size(), before, after,
                    100 * (1 - static_cast<double>(after) / static_cast<double>(before)), mean(otherLoss),
                    largest(otherLoss), mean(seconds), largest(seconds));
    }
};

OtherHands loadOthers(const QString& folder, const Settings& settings)
{
    const auto count = static_cast<std::size_t>(settings.number("others"));
    if (settings.number("synthetic") != 0) {
        return {syntheticDigits(count, 1, {}), need(readMnistTest(folder))};
    }
    return {splitForValidation(need(readMnistTraining(folder)), count, 1).validation,
            need(readMnistTest(folder))};
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    if (argc < 4) {
        giveUp({ErrorCode::InvalidInput, "bench_personalization MODEL DIGITS.jsonl[.gz] MNIST-FOLDER"});
    }
    Settings settings;
    for (int i = 4; i < argc; ++i) {
        settings.set(argv[i]);
    }
    settings.apply();
    const Engine* engine = need(loadEngine());
    const auto model = need(engine->loadModel(argv[1]));
    Bench bench{*engine, model, loadOthers(QString::fromLocal8Bit(argv[3]), settings), {}, 0};
    bench.test = splitForValidation(bench.others.test, static_cast<std::size_t>(settings.number("test")), 1)
                     .validation;
    bench.errorsBefore = errors(*model, bench.test);
    if (settings.number("full") == 0) {
        bench.others.test = splitForValidation(bench.test, 100, 1).validation;
    }
    const auto writers = worstWriters(readWriters(QString::fromLocal8Bit(argv[2])), *model, settings);
    std::printf(
        "\n| writer | samples | learned | read | errors before | after | fall | others' loss | seconds "
        "|\n|---|---|---|---|---|---|---|---|---|\n");
    Summary summary;
    for (const Writer& writer : writers) {
        const Outcome outcome = personalize(bench, writer, settings);
        std::printf("| %s | %zu | %zu | %zu | %zu | %zu | %.0f %% | %.3f | %.1f |\n", writer.name.c_str(),
                    writer.samples.size(), outcome.learned, outcome.read, outcome.before, outcome.after,
                    100 * outcome.fall(), mean(outcome.otherLoss), mean(outcome.seconds));
        std::fflush(stdout);
        summary.add(outcome);
    }
    summary.print();
    return 0;
}
