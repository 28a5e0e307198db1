#include "tests/torch/resumingfixture.h"

#include <QFile>
#include <QtTest>
#include <torch/serialize.h>

#include <functional>

using namespace digitpad;

namespace {

void drop(const PickleDict& dict, const std::string& key)
{
    QCOMPARE(dict.erase(key), std::size_t{1});
}

} // namespace

class RefusedCheckpointsTest : public QObject, protected ResumingFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { begin(); }
    void init() { setUp(); }

    void refusesWhatDoesNotFit_data()
    {
        using Change = std::function<void(TrainingOptions&)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("mention");
        const auto row = [](const char* mention, Change change) {
            QTest::newRow(mention) << std::move(change) << QString::fromLatin1(mention);
        };
        row("(learningRate)", [](TrainingOptions& o) { o.learningRate = 0.01; });
        row("(optimizer, batchSize)", [](TrainingOptions& o) {
            o.batchSize = 16;
            o.optimizer = "sgd";
        });
        row("(network)", [](TrainingOptions& o) { o.network = "cnn"; });
        row("(hiddenWidths)", [](TrainingOptions& o) { o.details.hiddenWidths = {8}; });
        row("(batchNormalization)", [](TrainingOptions& o) { o.details.batchNormalization = false; });
        row("(seed)", [](TrainingOptions& o) { o.seed = 2; });
        row("cannot be cut to 2", [](TrainingOptions& o) { o.epochs = 2; });
    }

    void refusesWhatDoesNotFit()
    {
        QFETCH(std::function<void(TrainingOptions&)>, change);
        QFETCH(QString, mention);
        RecordingObserver observer;
        QVERIFY(train(someOptions(), m_data, "run", observer));
        TrainingOptions options = someOptions();
        change(options);
        const QString text = refusal(options, m_data, files("run").last);
        QVERIFY2(text.contains(mention), qPrintable(text));
    }

    void refusesOtherData()
    {
        RecordingObserver observer;
        QVERIFY(train(someOptions(), m_data, "run", observer));
        const QString wanted = QStringLiteral("other data");
        QVERIFY(
            refusal(someOptions(), syntheticTrainingData(310, 60, 0), files("run").last).contains(wanted));
        TrainingData oneLabel = m_data;
        DigitSet set = *m_data.training;
        set.labels[7] = static_cast<std::uint8_t>((set.labels[7] + 1) % 10);
        oneLabel.training = std::make_shared<const DigitSet>(std::move(set));
        QVERIFY(refusal(someOptions(), oneLabel, files("run").last).contains(wanted));
        QVERIFY(refusal(someOptions(), m_drawn, files("run").last).contains(wanted));
        QVERIFY(refusal(someOptions(), m_data, files("run").last).isEmpty());
    }

    void refusesFilesThatAreNoCheckpoints()
    {
        RecordingObserver observer;
        QVERIFY(train(someOptions(), m_data, "run", observer));
        QVERIFY(refusal(someOptions(), m_data, files("run").best).contains(QStringLiteral("a model alone")));
        QVERIFY(refusal(someOptions(), m_data, path("nowhere.pt").toStdString())
                    .contains(QStringLiteral("no file")));
        QFile file(QString::fromStdString(files("run").last));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray whole = file.readAll();
        QFile cut(path("cut.pt"));
        QVERIFY(cut.open(QIODevice::WriteOnly));
        cut.write(whole.left(whole.size() / 2));
        cut.close();
        QVERIFY(
            refusal(someOptions(), m_data, path("cut.pt").toStdString()).contains(QStringLiteral("damaged")));
    }

    void refusesDamagedAndNewerCheckpoints_data()
    {
        using Change = std::function<void(PickleDict&)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("mention");
        const auto row = [](const char* name, const char* mention, Change change) {
            QTest::newRow(name) << std::move(change) << QString::fromLatin1(mention);
        };
        row("newer", "newer version", [](PickleDict& dict) { dict.insert_or_assign("version", 2); });
        row("no version", "version is missing", [](PickleDict& dict) { drop(dict, "version"); });
        for (const char* part : {"options", "data", "epochs", "partial", "clock", "optimizer", "dropout"}) {
            row(part, "is missing", [part](PickleDict& dict) { drop(dict, part); });
        }
        row("an option less", "option momentum is missing", [](PickleDict& dict) {
            auto options = dict.at("options").toGenericDict();
            drop(options, "momentum");
        });
        row("a flipped bit", "damaged", [](PickleDict& dict) {
            auto averages = dict.at("optimizer").toGenericDict().at("averages").toGenericDict();
            averages.at("0").toTensor()[5] += 1;
        });
        row("a smaller optimizer", "do not belong together", [](PickleDict& dict) {
            auto averages = dict.at("optimizer").toGenericDict().at("averages").toGenericDict();
            averages.insert_or_assign("0", torch::zeros({3}));
            auto tensors = tensorsFromDict(averages, "");
            for (const auto& state : tensorsFromDict(dict.at("dropout").toGenericDict(), "")) {
                tensors.push_back(state);
            }
            tensors.push_back(dict.at("epochs").toTensor());
            dict.insert_or_assign("crc32", checksumOf(tensors));
        });
    }

    void refusesDamagedAndNewerCheckpoints()
    {
        QFETCH(std::function<void(PickleDict&)>, change);
        QFETCH(QString, mention);
        RecordingObserver observer;
        QVERIFY(train(someOptions(), m_data, "run", observer));
        QFile file(QString::fromStdString(files("run").last));
        QVERIFY(file.open(QIODevice::ReadWrite));
        auto root = unpickledDict(file.readAll().toStdString());
        auto dict = root.at("checkpoint").toGenericDict();
        change(dict);
        root.insert_or_assign("checkpoint", dict);
        const auto bytes = torch::pickle_save(root);
        QVERIFY(file.resize(0) && file.seek(0));
        file.write(bytes.data(), static_cast<qint64>(bytes.size()));
        file.close();
        const QString text = refusal(someOptions(), m_data, files("run").last);
        QVERIFY2(text.contains(mention) && text.endsWith(QStringLiteral("Begin a new run.")),
                 qPrintable(text));
    }
};

QTEST_GUILESS_MAIN(RefusedCheckpointsTest)
#include "tst_refusedcheckpoints.moc"
