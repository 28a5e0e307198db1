#include "tests/cli/cliprogram.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace digitpad;
using namespace Qt::StringLiterals;

/// `train` and `evaluate` on a collection with letters, with the real engine.
class TestCliNoDigits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void learnsWhatIsNoDigit();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
};

void TestCliNoDigits::learnsWhatIsNoDigit()
{
    // Ones and crosses of three hands.
    QByteArray lines;
    for (int i = 0; i < 60; ++i) {
        const QByteArray source = QByteArray(R"(,"source":")") + "abc"[i % 3] + "\"}\n";
        lines += oneAsJsonLine().trimmed().chopped(1) + source;
        lines += R"({"label":"x","strokes":[[[0,0],[90,99]],[[90,0],[2,97]]])" + source;
    }
    const QString ink = path(u"signs.jsonl"_s);
    writeFile(ink, lines);
    const QString model = path(u"signs.pt"_s);
    const CliRun trained = runCli({u"train"_s,
                                   u"--data"_s,
                                   u"synthetic"_s,
                                   u"--synthetic-count"_s,
                                   u"1000"_s,
                                   u"--out"_s,
                                   model,
                                   u"--data"_s,
                                   ink,
                                   u"--with-no-digits"_s,
                                   u"--augment"_s,
                                   u"all,bend=0.5"_s,
                                   u"--repeat-ink"_s,
                                   u"2"_s,
                                   u"--validation-sources"_s,
                                   u"b"_s,
                                   u"--weight-average"_s,
                                   u"0.5"_s,
                                   u"--epochs"_s,
                                   u"3"_s,
                                   u"--json"_s});
    QVERIFY2(trained.code == 0 && trained.err.isEmpty(), trained.err.constData());
    const QJsonObject started = trained.objects().first();
    QCOMPARE(started[u"validationSources"].toArray(), QJsonArray{u"b"_s});
    QCOMPARE(started[u"validationImages"].toInteger(), 100 + 40);
    QCOMPARE(started[u"trainingImages"].toInteger(), 900 + 2 * 80);
    QCOMPARE(started[u"options"][u"weightAverage"].toDouble(), 0.5);
    const QJsonObject data = started[u"data"].toObject();
    QCOMPARE(data[u"withNoDigits"].toBool(), true);
    QCOMPARE(data[u"inkRepeats"].toInteger(), 2);
    QVERIFY(data[u"augmentation"].toString().contains(u"bend=0.5"_s));

    const CliRun evaluated =
        runCli({u"evaluate"_s, u"--model"_s, model, u"--data"_s, ink, u"--with-no-digits"_s, u"--json"_s});
    QVERIFY2(evaluated.code == 0 && evaluated.err.isEmpty(), evaluated.err.constData());
    const QJsonObject evaluation = evaluated.objects().first();
    QCOMPARE(evaluation[u"images"].toInteger(), 60);
    QCOMPARE(evaluation[u"noDigits"].toInteger(), 60);
    QVERIFY(evaluation[u"auroc"].toDouble() > 0.9);
}

QTEST_GUILESS_MAIN(TestCliNoDigits)
#include "tst_clinodigits.moc"
