#include "core/learning/trainingoptions.h"

#include <QtTest>

#include <cmath>
#include <functional>
#include <limits>

using namespace digitpad;

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

    void refusesTooLittleData()
    {
        QVERIFY(!validate(TrainingOptions{}, 0).ok());
        QVERIFY(!validate(TrainingOptions{}, 1).ok());
    }
};

QTEST_GUILESS_MAIN(TrainingOptionsTest)
#include "tst_trainingoptions.moc"
