// What “Learn my hand” gives writers whom the model has never seen, as a Markdown table:
//   bench_personalization DIGITS.jsonl[.gz] MNIST-FOLDER MODEL[:SOURCE,SOURCE,...] ... [NAME=VALUE ...]
// Each model counts for the writers of its sources, of which it must not have seen anything; without sources,
// for all writers. Of the worst writers, those with the most errors, up to `each` samples of every digit are
// learned and all others are read before and after; several rounds with other samples make up for few.
//   writers=20 rounds=3 each=5 smallest=20   how many writers, how often, learned of each digit, samples at
//   least half=0     1 or 2: every other writer, so that what was chosen on the one half can be reported on
//   the other full=1     0: without the check on held-out drawings, for trying options; the time is then not
//   the program's test=10000 synthetic=0 threads=2         MNIST test images; synthetic digits in the place
//   of MNIST to learn along
// and the options of learning: images share hard hardDigits noDigits drawsEach variation sgd rate batch
// average folds.
#include "core/base/random.h"
#include "core/data/mnist.h"
#include "core/data/syntheticdigits.h"
#include "core/data/syntheticnodigits.h"
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

/// A model, and what it is measured with.
struct Candidate
{
    std::shared_ptr<const Model> model;
    QStringList sources; ///< Empty for all.
    Evaluation before;   ///< Of MNIST's test images and no digits.
};

struct Writer
{
    std::string source;
    std::string name;
    const Candidate* candidate = nullptr;
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
            writer.source = item.sample.source;
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

std::size_t errorsOf(const Evaluation& evaluation)
{
    std::size_t wrong = evaluation.images;
    for (std::size_t digit = 0; digit < digitClasses; ++digit) {
        wrong -= static_cast<std::size_t>(evaluation.confusion[digit][digit]);
    }
    return wrong;
}

std::size_t errors(const Model& model, const DigitSet& set)
{
    return errorsOf(need(model.evaluate(set, {})));
}

struct Settings
{
    std::map<std::string, double> values{
        {"writers", 20},  {"rounds", 3}, {"each", 5},      {"smallest", 20}, {"half", 0},       {"full", 1},
        {"synthetic", 0}, {"sgd", 0},    {"test", 10'000}, {"threads", 2},   {"others", 20'000}};
    HandLearningOptions learning;

    Settings()
    {
        values["images"] = static_cast<double>(learning.images);
        values["share"] = learning.ownShare;
        values["hard"] = learning.hardShare;
        values["hardDigits"] = static_cast<double>(learning.hardDigits);
        values["noDigits"] = learning.noDigitShare;
        values["drawsEach"] = static_cast<double>(learning.drawsEach);
        values["variation"] = learning.variation;
        values["rate"] = learning.learningRate;
        values["batch"] = learning.batchSize;
        values["average"] = learning.weightAverage;
        values["folds"] = learning.folds;
    }
    void set(const std::string& argument)
    {
        const auto sign = argument.find('=');
        const auto found = values.find(argument.substr(0, sign));
        if (found == values.end()) {
            giveUp({ErrorCode::InvalidInput,
                    "What is “" + argument + "”? The source's head names the options."});
        }
        found->second = std::atof(argument.c_str() + sign + 1);
        apply();
    }
    [[nodiscard]] int number(const char* name) const { return static_cast<int>(values.at(name)); }

private:
    void apply()
    {
        learning.images = static_cast<std::size_t>(values["images"]);
        learning.ownShare = values["share"];
        learning.hardShare = values["hard"];
        learning.hardDigits = static_cast<std::size_t>(values["hardDigits"]);
        learning.noDigitShare = values["noDigits"];
        learning.drawsEach = static_cast<std::size_t>(values["drawsEach"]);
        learning.variation = values["variation"];
        learning.optimizer = number("sgd") != 0 ? "sgd" : "adam";
        learning.learningRate = values["rate"];
        learning.batchSize = number("batch");
        learning.weightAverage = values["average"];
        learning.folds = number("full") != 0 ? number("folds") : 0;
        learning.threads = number("threads");
    }
};

/// Gives each writer the model that has not seen its source.
void assign(std::vector<Writer>& writers, const std::vector<Candidate>& candidates)
{
    for (Writer& writer : writers) {
        for (const Candidate& candidate : candidates) {
            if (candidate.sources.isEmpty() ||
                candidate.sources.contains(QString::fromStdString(writer.source))) {
                writer.candidate = &candidate;
            }
        }
    }
    std::erase_if(writers, [](const Writer& writer) { return writer.candidate == nullptr; });
}

/// The writers with the most errors, in that order.
std::vector<Writer> worstWriters(std::vector<Writer> writers, const Settings& settings)
{
    std::erase_if(writers, [&](const Writer& writer) {
        return fewestOfADigit(writer) < 2 ||
               writer.samples.size() < static_cast<std::size_t>(settings.number("smallest"));
    });
    std::printf("%zu writers have at least %d samples and every digit twice.\n", writers.size(),
                settings.number("smallest"));
    for (Writer& writer : writers) {
        writer.errors = errors(*writer.candidate->model, imagesOf(writer.samples));
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
    std::vector<double> otherLoss;      ///< Points of accuracy on MNIST's test images.
    std::vector<double> turnedAwayMore; ///< Points of MNIST's test images.
    std::vector<double> acceptedMore;   ///< Points of no digits.
    std::vector<double> seconds;

    [[nodiscard]] double fall() const
    {
        return before == 0 ? 0 : 1 - static_cast<double>(after) / static_cast<double>(before);
    }
};

double points(std::size_t before, std::size_t after, std::size_t images)
{
    return 100 * (static_cast<double>(after) - static_cast<double>(before)) / static_cast<double>(images);
}

/// What all writers share.
struct Bench
{
    const Engine& engine;
    OtherHands others;
    DigitSet test; ///< Of other hands, with no digits behind them.
};

void compareOnOthers(Outcome& outcome, const Evaluation& before, const Evaluation& after)
{
    outcome.otherLoss.push_back(points(errorsOf(before), errorsOf(after), before.images));
    outcome.turnedAwayMore.push_back(points(before.turnedAway, after.turnedAway, before.images));
    outcome.acceptedMore.push_back(points(before.noDigitsAccepted, after.noDigitsAccepted, before.noDigits));
}

Outcome personalize(const Bench& bench, const Writer& writer, const Settings& settings)
{
    Outcome outcome;
    Silent observer;
    const Candidate& candidate = *writer.candidate;
    for (int round = 0; round < settings.number("rounds"); ++round) {
        const Round dealt = dealRound(writer, round, static_cast<std::size_t>(settings.number("each")));
        const auto result = need(learnHand(bench.engine, candidate.model, dealt.learned, bench.others,
                                           settings.learning, observer));
        const DigitSet rest = imagesOf(dealt.rest);
        outcome.learned = dealt.learned.size();
        outcome.read += rest.size();
        outcome.before += errors(*candidate.model, rest);
        outcome.after += errors(*result.model, rest);
        outcome.seconds.push_back(result.seconds);
        compareOnOthers(outcome, candidate.before, need(result.model->evaluate(bench.test, {})));
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

void append(std::vector<double>& target, const std::vector<double>& source)
{
    target.insert(target.end(), source.begin(), source.end());
}

struct Summary
{
    std::vector<double> falls;
    Outcome all;

    void add(const Outcome& outcome)
    {
        if (outcome.before > 0) {
            falls.push_back(outcome.fall());
        }
        all.read += outcome.read;
        all.before += outcome.before;
        all.after += outcome.after;
        append(all.otherLoss, outcome.otherLoss);
        append(all.turnedAwayMore, outcome.turnedAwayMore);
        append(all.acceptedMore, outcome.acceptedMore);
        append(all.seconds, outcome.seconds);
    }
    void print() const
    {
        std::printf("\nErrors fell by %.1f %% on average over the %zu writers with any; all their errors "
                    "together from "
                    "%zu to %zu of %zu, by %.1f %%.\n",
                    100 * mean(falls), falls.size(), all.before, all.after, all.read, 100 * all.fall());
        std::printf("Accuracy on MNIST's test images fell by %.3f points on average, %.3f at most; %.3f "
                    "points more of "
                    "them were turned away, %.2f points more of the no digits accepted.\n",
                    mean(all.otherLoss), largest(all.otherLoss), mean(all.turnedAwayMore),
                    mean(all.acceptedMore));
        std::printf("Seconds: %.1f on average, %.1f at most.\n", mean(all.seconds), largest(all.seconds));
    }
};

Bench load(const Engine& engine, const QString& mnist, const Settings& settings)
{
    const auto trainingImages = static_cast<std::size_t>(settings.number("others"));
    const auto testImages = static_cast<std::size_t>(settings.number("test"));
    Bench bench{engine, {}, splitForValidation(need(readMnistTest(mnist)), testImages, 1).validation};
    bench.others.training =
        settings.number("synthetic") != 0
            ? syntheticDigits(trainingImages, 1, {})
            : splitForValidation(need(readMnistTraining(mnist)), trainingImages, 1).validation;
    bench.others.test =
        settings.number("full") != 0 ? bench.test : splitForValidation(bench.test, 100, 1).validation;
    bench.others.noDigits = syntheticNoDigits(1'000, 1, {});
    append(bench.test, syntheticNoDigits(1'000, 2, {}));
    return bench;
}

Candidate loadCandidate(const Bench& bench, const QString& argument)
{
    const auto colon = argument.lastIndexOf(u':');
    const QString path = argument.left(colon);
    const QStringList sources =
        colon < 0 ? QStringList() : argument.mid(colon + 1).split(u',', Qt::SkipEmptyParts);
    auto model = need(bench.engine.loadModel(path.toStdString()));
    auto before = need(model->evaluate(bench.test, {}));
    return {std::move(model), sources, before};
}

void printRow(const Writer& writer, const Outcome& outcome)
{
    std::printf("| %s | %zu | %zu | %zu | %zu | %zu | %.0f %% | %.3f | %.1f |\n", writer.name.c_str(),
                writer.samples.size(), outcome.learned, outcome.read, outcome.before, outcome.after,
                100 * outcome.fall(), mean(outcome.otherLoss), mean(outcome.seconds));
    std::fflush(stdout);
}

void measure(const Bench& bench, const std::vector<Writer>& writers, const Settings& settings)
{
    std::printf(
        "\n| writer | samples | learned | read | misread before | after | fall | MNIST fell by | seconds "
        "|\n|---|---|---|---|---|---|---|---|---|\n");
    Summary summary;
    for (const Writer& writer : writers) {
        const Outcome outcome = personalize(bench, writer, settings);
        printRow(writer, outcome);
        summary.add(outcome);
    }
    summary.print();
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    if (argc < 4) {
        giveUp({ErrorCode::InvalidInput,
                "bench_personalization DIGITS.jsonl[.gz] MNIST-FOLDER MODEL[:SOURCES] ..."});
    }
    Settings settings;
    QStringList models;
    for (int i = 3; i < argc; ++i) {
        const QString argument = QString::fromLocal8Bit(argv[i]);
        if (argument.contains(u'=')) {
            settings.set(argument.toStdString());
        } else {
            models << argument;
        }
    }
    const Bench bench = load(*need(loadEngine()), QString::fromLocal8Bit(argv[2]), settings);
    std::vector<Candidate> candidates;
    for (const QString& model : models) {
        candidates.push_back(loadCandidate(bench, model));
        std::printf("%s: %.2f %% of MNIST's test images.\n", qPrintable(model),
                    100 * candidates.back().before.accuracy);
    }
    auto writers = readWriters(QString::fromLocal8Bit(argv[1]));
    assign(writers, candidates);
    measure(bench, worstWriters(std::move(writers), settings), settings);
    return 0;
}
