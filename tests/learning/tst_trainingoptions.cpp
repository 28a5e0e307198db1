#include "core/learning/trainingfields.h"
#include "core/learning/trainingoptions.h"

#include <QtTest>

#include <cmath>
#include <functional>
#include <limits>

using namespace digitpad;

namespace {

/// Makes every option impossible.
struct Spoiler
{
    void operator()(const char*, std::string& text) const { text = "?"; }
    void operator()(const char*, double& number) const { number = -1'000; }
    void operator()(const char*, int& number) const { number = -1'000; }
    void operator()(const char*, std::optional<double>& number) const { number = -1'000; }
    template <class Value>
    void operator()(const char*, Value&) const
    {
    }
};

} // namespace

class TrainingOptionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsTheDefaults()
    {
        const auto validated = validate(TrainingOptions{}, 60'000);
        QVERIFY(validated.ok());
        QVERIFY(**validated == TrainingOptions{});
    }

    void acceptsTheEdges()
    {
        TrainingOptions options;
        options.batchSize = 1;
        options.epochs = 1;
        options.validationSplit = 0.5;
        QVERIFY(validate(options, 2).ok());
        options.batchSize = 90;
        options.validationSplit = 0.1;
        QVERIFY(validate(options, 100).ok());
    }

    void refusesTheImpossible_data()
    {
        using Change = std::function<void(TrainingOptions&)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("mention");
        const auto row = [](const char* name, const char* mention, Change change) {
            QTest::newRow(name) << std::move(change) << QString::fromUtf8(mention);
        };
        row("network", "“resnet”", [](TrainingOptions& o) { o.network = "resnet"; });
        row("optimizer", "“magic”", [](TrainingOptions& o) { o.optimizer = "magic"; });
        row("schedule", "“wild”", [](TrainingOptions& o) { o.schedule = "wild"; });
        row("rate 0", "learning rate", [](TrainingOptions& o) { o.learningRate = 0; });
        row("rate below 0", "learning rate", [](TrainingOptions& o) { o.learningRate = -1; });
        row("rate NaN", "learning rate", [](TrainingOptions& o) { o.learningRate = std::nan(""); });
        row("rate infinite", "learning rate",
            [](TrainingOptions& o) { o.learningRate = std::numeric_limits<double>::infinity(); });
        row("rate above 10", "learning rate", [](TrainingOptions& o) { o.learningRate = 10.5; });
        row("batch 0", "batch of 0", [](TrainingOptions& o) { o.batchSize = 0; });
        row("batch above the data", "1 to 90", [](TrainingOptions& o) { o.batchSize = 91; });
        row("epochs 0", "epochs", [](TrainingOptions& o) { o.epochs = 0; });
        row("epochs 10001", "epochs", [](TrainingOptions& o) { o.epochs = 10'001; });
        row("average 1", "decay from 0 to below 1", [](TrainingOptions& o) { o.weightAverage = 1; });
        row("average below 0", "decay from 0 to below 1", [](TrainingOptions& o) { o.weightAverage = -0.1; });
        row("average NaN", "decay from 0 to below 1",
            [](TrainingOptions& o) { o.weightAverage = std::nan(""); });
        row("split 0", "between 0 and 1", [](TrainingOptions& o) { o.validationSplit = 0; });
        row("split 1", "between 0 and 1", [](TrainingOptions& o) { o.validationSplit = 1; });
        row("split NaN", "between 0 and 1", [](TrainingOptions& o) { o.validationSplit = std::nan(""); });
        row("split leaves no validation", "one side empty",
            [](TrainingOptions& o) { o.validationSplit = 0.001; });
        row("split leaves no training", "one side empty",
            [](TrainingOptions& o) { o.validationSplit = 0.999; });
        row("optimizer's names", "adam, adamw, sgd or rmsprop", [](TrainingOptions& o) { o.optimizer = ""; });
        row("device", "“tpu”", [](TrainingOptions& o) { o.device = "tpu"; });
        row("activation", "“step”", [](TrainingOptions& o) { o.details.activation = "step"; });
        row("dropout", "dropout of 0.96", [](TrainingOptions& o) { o.details.dropout = 0.96; });
        row("dropout NaN", "dropout", [](TrainingOptions& o) { o.details.dropout = std::nan(""); });
        row("widths of a CNN", "cannot be chosen", [](TrainingOptions& o) {
            o.network = "cnn";
            o.details.hiddenWidths = {64};
        });
        row("a width of 0", "layer of 0 units", [](TrainingOptions& o) { o.details.hiddenWidths = {64, 0}; });
        row("a width of 5000", "1 to 4096", [](TrainingOptions& o) { o.details.hiddenWidths = {5'000}; });
        row("nine layers", "9 hidden layers",
            [](TrainingOptions& o) { o.details.hiddenWidths.assign(9, 16); });
        row("momentum 1", "momentum of 1", [](TrainingOptions& o) { o.momentum = 1; });
        row("Nesterov without momentum", "needs momentum", [](TrainingOptions& o) {
            o.optimizer = "sgd";
            o.momentum = 0;
            o.nesterov = true;
        });
        row("beta 1", "beta 1 of 1", [](TrainingOptions& o) { o.beta1 = 1; });
        row("beta 2", "beta 2 of -0.1", [](TrainingOptions& o) { o.beta2 = -0.1; });
        row("alpha", "alpha of 1.5", [](TrainingOptions& o) { o.alpha = 1.5; });
        row("epsilon", "epsilon of 0", [](TrainingOptions& o) { o.epsilon = 0; });
        row("weight decay", "weight decay of 2", [](TrainingOptions& o) { o.weightDecay = 2; });
        row("warm-up", "warm-up of 0.95", [](TrainingOptions& o) { o.warmUp = 0.95; });
        row("step of 0 epochs", "every 0 epochs", [](TrainingOptions& o) { o.stepEpochs = 0; });
        row("rate factor 0", "rate factor of 0", [](TrainingOptions& o) { o.rateFactor = 0; });
        row("rate factor 1", "rate factor of 1", [](TrainingOptions& o) { o.rateFactor = 1; });
        row("plateau of 0 epochs", "plateau of 0", [](TrainingOptions& o) { o.plateauPatience = 0; });
        row("final rate below 0", "final learning rate of -1",
            [](TrainingOptions& o) { o.finalLearningRate = -1; });
        for (const char* schedule : {"cosine", "one-cycle", "plateau"}) {
            row(schedule, "is above the learning rate", [schedule](TrainingOptions& o) {
                o.schedule = schedule;
                o.finalLearningRate = 0.01;
            });
        }
        row("smoothing 1", "label smoothing of 1", [](TrainingOptions& o) { o.labelSmoothing = 1; });
        row("clip below 0", "gradient limit of -1", [](TrainingOptions& o) { o.gradientClip = -1; });
        row("clip infinite", "gradient limit",
            [](TrainingOptions& o) { o.gradientClip = std::numeric_limits<double>::infinity(); });
        row("more plain epochs than epochs", "11 epochs without augmentation",
            [](TrainingOptions& o) { o.plainEpochs = 11; });
        row("plain epochs below 0", "-1 epochs without augmentation",
            [](TrainingOptions& o) { o.plainEpochs = -1; });
        row("one fold", "2 to 20", [](TrainingOptions& o) { o.folds = 1; });
        row("21 folds", "2 to 20", [](TrainingOptions& o) { o.folds = 21; });
        row("fold 0", "no fold 0 of 5", [](TrainingOptions& o) {
            o.folds = 5;
            o.fold = 0;
        });
        row("fold 6 of 5", "choose 1 to 5", [](TrainingOptions& o) {
            o.folds = 5;
            o.fold = 6;
        });
        row("batch above the folds' data", "1 to 80", [](TrainingOptions& o) {
            o.folds = 5;
            o.batchSize = 81;
        });
        row("patience below 0", "Early stopping after -1", [](TrainingOptions& o) { o.patience = -1; });
        row("deviation 0", "standard deviation of the pixels of 0",
            [](TrainingOptions& o) { o.standardDeviation = 0; });
        row("mean NaN", "mean of the pixels", [](TrainingOptions& o) { o.mean = std::nan(""); });
        row("threads below 0", "threads", [](TrainingOptions& o) { o.threads = -1; });
        row("threads 65", "threads", [](TrainingOptions& o) { o.threads = 65; });
    }
    void refusesTheImpossible()
    {
        QFETCH(std::function<void(TrainingOptions&)>, change);
        QFETCH(QString, mention);
        TrainingOptions options;
        options.batchSize = 10;
        change(options);
        const auto validated = validate(options, 100);
        QVERIFY(!validated.ok());
        QCOMPARE(validated.error().code, ErrorCode::InvalidInput);
        const QString message = QString::fromStdString(validated.error().message);
        QVERIFY2(message.contains(mention), qPrintable(message));
    }

    void findsAllProblemsAtOnce()
    {
        QVERIFY(findProblems(TrainingOptions()).empty());
        TrainingOptions options;
        options.learningRate = -1;
        options.network = "resnet";
        options.fold = 7;
        options.folds = 3;
        const auto problems = findProblems(options);
        QStringList names;
        for (const OptionProblem& problem : problems) {
            names << QString::fromStdString(problem.option);
        }
        QCOMPARE(names, (QStringList{QStringLiteral("network"), QStringLiteral("learningRate"),
                                     QStringLiteral("fold")}));
        QCOMPARE(validateAlone(options).error().message, problems.front().message);
    }

    void namesOptionsAsTheOptionsFileDoes()
    {
        QStringList known{QStringLiteral("data")};
        TrainingOptions options;
        forEachOption(options, [&](const char* name, auto&) { known << QLatin1String(name); });
        QCOMPARE(QSet<QString>(known.begin(), known.end()).size(), known.size());
        // Everything wrong at once.
        forEachOption(options, Spoiler());
        options.details.hiddenWidths = {0};
        for (const OptionProblem& problem : findProblems(options, 1)) {
            QVERIFY2(known.contains(QString::fromStdString(problem.option)), problem.option.c_str());
            QVERIFY2(problem.message.ends_with('.') && problem.message.find('\n') == std::string::npos,
                     problem.message.c_str());
        }
        QVERIFY(findProblems(options, 1).size() > 25);
    }

    void leavesAloneWhatDoesNotCount()
    {
        TrainingOptions options;
        options.nesterov = true; // Of sgd alone.
        options.momentum = 0;
        options.finalLearningRate = 1; // Of the falling schedules alone.
        options.fold = 9;              // Without folds.
        QVERIFY(validate(options, 1'000).ok());
    }

    void acceptsEveryCombinationThatIsUsual()
    {
        for (const std::string& optimizer : optimizerNames()) {
            for (const std::string& schedule : scheduleNames()) {
                TrainingOptions options;
                options.optimizer = optimizer;
                options.schedule = schedule;
                options.warmUp = 0.1;
                options.nesterov = true;
                options.weightDecay = 0.01;
                options.normalization = NormalizationChoice::Own;
                options.mean = 0;
                options.standardDeviation = 1;
                options.plainEpochs = options.epochs;
                options.device = "cuda"; // Whether it is there, is another question.
                QVERIFY2(validate(options, 60'000).ok(), (optimizer + ", " + schedule).c_str());
            }
        }
    }

    void saysWhenTheGpuIsMissing()
    {
        TrainingOptions options;
        QVERIFY(!findDeviceProblem(options, false));
        options.device = "cuda";
        QVERIFY(!findDeviceProblem(options, true));
        const auto problem = findDeviceProblem(options, false);
        QVERIFY(problem && problem->option == "device");
        QVERIFY(problem->message.find("choose cpu") != std::string::npos);
    }

    void foldsShareTheImages()
    {
        TrainingOptions options;
        options.folds = 3;
        std::size_t sum = 0;
        for (options.fold = 1; options.fold <= 3; ++options.fold) {
            const std::size_t count = validationCount(11, options);
            QVERIFY(count == 3 || count == 4);
            sum += count;
        }
        QCOMPARE(sum, std::size_t{11});
        options.fold = 1;
        options.batchSize = 1;
        QVERIFY(validate(options, 3).ok());
        const auto tooFew = validate(options, 2);
        QVERIFY(!tooFew.ok());
        QVERIFY(tooFew.error().message.find("leave a fold empty") != std::string::npos);
    }

    void refusesTooLittleData()
    {
        QVERIFY(!validate(TrainingOptions{}, 0).ok());
        QVERIFY(!validate(TrainingOptions{}, 1).ok());
    }
};

QTEST_GUILESS_MAIN(TrainingOptionsTest)
#include "tst_trainingoptions.moc"
