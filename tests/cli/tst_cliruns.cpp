#include "tests/cli/cliprogram.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace digitpad;
using namespace Qt::StringLiterals;

/// Runs on the disk, options files and presets, as the command line offers them.
class TestCliRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void presetsAreListed();
    void optionsGoRoundThroughAFile();
    void unknownKeysOfAnOptionsFileAreNamed();
    void missingKeysOfAnOptionsFileAreNamed();
    void commandLineWinsOverTheFile();
    void lastOfAnOptionGivenTwiceCounts();
    void runsAreListedNewestFirst();
    void oneRunWithItsEpochs();
    void damagedRunsBreakNothing();
    void killedRunIsResumedBitForBit();
    void finishedRunIsTrainedFurther();
    void foldsAreRunsOfTheirOwn();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QStringList training(const QString& runs, const QStringList& options) const
    {
        return QStringList{u"train"_s,     u"--data"_s, u"synthetic"_s, u"--synthetic-count"_s, u"1000"_s,
                           u"--threads"_s, u"1"_s,      u"--json"_s,    u"--runs-folder"_s,     path(runs)} +
               options;
    }
    [[nodiscard]] QList<QJsonObject> runs(const QString& folder) const
    {
        return runCli({u"runs"_s, u"--json"_s, u"--runs-folder"_s, path(folder)}).objects();
    }

    QTemporaryDir m_folder;
};

void TestCliRuns::presetsAreListed()
{
    const CliRun text = runCli({u"train"_s, u"--list-presets"_s});
    QCOMPARE(text.code, 0);
    for (const char* name : {"baseline", "improved", "fast-cnn", "accurate-cnn", "tiny"}) {
        QVERIFY2(text.out.contains(name), name);
    }
    const QList<QJsonObject> objects = runCli({u"train"_s, u"--list-presets"_s, u"--json"_s}).objects();
    QCOMPARE(objects.size(), 5);
    QCOMPARE(objects.first()[u"name"].toString(), u"baseline"_s);
    const QJsonObject training = objects.first()[u"options"].toObject()[u"training"].toObject();
    QCOMPARE(training[u"optimizer"].toString(), u"adam"_s);
    QCOMPARE(training[u"learningRate"].toDouble(), 0.001);
}

void TestCliRuns::optionsGoRoundThroughAFile()
{
    const QString file = path(u"options.json"_s);
    const CliRun saved =
        runCli({u"train"_s, u"--preset"_s, u"fast-cnn"_s, u"--seed"_s, u"18446744073709551615"_s,
                u"--augment"_s, u"rotate=0.5"_s, u"--save-options"_s, file});
    QVERIFY2(saved.code == 0 && saved.err.isEmpty(), saved.err.constData());
    const QString again = path(u"again.json"_s);
    const CliRun copied = runCli({u"train"_s, u"--options"_s, file, u"--save-options"_s, again});
    QVERIFY2(copied.code == 0 && copied.err.isEmpty(), copied.err.constData());
    QFile a(file);
    QFile b(again);
    QVERIFY(a.open(QIODevice::ReadOnly) && b.open(QIODevice::ReadOnly));
    const QByteArray text = a.readAll();
    QVERIFY(text.contains("18446744073709551615"));
    QVERIFY(text.contains("one-cycle"));
    QCOMPARE(b.readAll(), text);
}

void TestCliRuns::unknownKeysOfAnOptionsFileAreNamed()
{
    const QString file = path(u"unknown.json"_s);
    QCOMPARE(runCli({u"train"_s, u"--preset"_s, u"tiny"_s, u"--save-options"_s, file}).code, 0);
    QFile options(file);
    QVERIFY(options.open(QIODevice::ReadWrite));
    QByteArray text = options.readAll();
    text.replace("\"learningRate\"", "\"learningSpeed\"");
    options.resize(0);
    options.seek(0);
    options.write(text);
    options.close();
    const CliRun run = runCli({u"train"_s, u"--options"_s, file, u"--out"_s, path(u"never.pt"_s)});
    QCOMPARE(run.code, 2);
    QVERIFY2(run.err.contains("learningSpeed"), run.err.constData());
    QVERIFY(!QFile::exists(path(u"never.pt"_s)));
}

void TestCliRuns::missingKeysOfAnOptionsFileAreNamed()
{
    const QString file = path(u"missing.json"_s);
    writeFile(file, R"({"format": "DigitPad training options", "version": 1,
                        "data": {"parts": ["synthetic"], "syntheticCount": 500},
                        "training": {"epochs": 1, "network": "mlp"}})");
    const CliRun run = runCli(
        {u"train"_s, u"--options"_s, file, u"--no-run"_s, u"--json"_s, u"--out"_s, path(u"partial.pt"_s)});
    QVERIFY2(run.code == 0, run.err.constData());
    QVERIFY2(run.err.contains("learningRate"), run.err.constData());
    QCOMPARE(run.objects().first()[u"trainingImages"].toInteger(), 450);
}

void TestCliRuns::commandLineWinsOverTheFile()
{
    const QString file = path(u"base.json"_s);
    QCOMPARE(runCli({u"train"_s, u"--data"_s, u"synthetic"_s, u"--epochs"_s, u"7"_s, u"--weight-decay"_s,
                     u"0.25"_s, u"--save-options"_s, file})
                 .code,
             0);
    const QString changed = path(u"changed.json"_s);
    QCOMPARE(
        runCli({u"train"_s, u"--options"_s, file, u"--epochs"_s, u"3"_s, u"--save-options"_s, changed}).code,
        0);
    QFile result(changed);
    QVERIFY(result.open(QIODevice::ReadOnly));
    const QJsonObject training = QJsonDocument::fromJson(result.readAll()).object()[u"training"].toObject();
    QCOMPARE(training[u"epochs"].toInt(), 3);
    QCOMPARE(training[u"weightDecay"].toDouble(), 0.25);
}

/// As programs do that scripts call with more options behind the usual ones.
void TestCliRuns::lastOfAnOptionGivenTwiceCounts()
{
    const QString file = path(u"twice.json"_s);
    const CliRun run = runCli({u"train"_s, u"--data"_s, u"synthetic"_s, u"--epochs"_s, u"5"_s, u"--epochs"_s,
                               u"3"_s, u"--save-options"_s, file});
    QVERIFY2(run.code == 0, run.err.constData());
    QFile result(file);
    QVERIFY(result.open(QIODevice::ReadOnly));
    const QJsonObject options = QJsonDocument::fromJson(result.readAll()).object();
    QCOMPARE(options[u"training"].toObject()[u"epochs"].toInt(), 3);
}

void TestCliRuns::runsAreListedNewestFirst()
{
    QVERIFY(runCli({u"runs"_s, u"--runs-folder"_s, path(u"none"_s)}).code == 1);
    for (const QString& name : {u"first"_s, u"second"_s}) {
        const CliRun run = runCli(training(u"listed"_s, {u"--epochs"_s, u"1"_s, u"--name"_s, name}));
        QVERIFY2(run.code == 0, run.err.constData());
        QVERIFY(QFile::exists(run.objects().last()[u"run"].toString() + u"/best.pt"_s));
    }
    const QList<QJsonObject> listed = runs(u"listed"_s);
    QCOMPARE(listed.size(), 2);
    QCOMPARE(listed[0][u"name"].toString(), u"second"_s);
    QCOMPARE(listed[1][u"name"].toString(), u"first"_s);
    QCOMPARE(listed[0][u"state"].toString(), u"completed"_s);
    QCOMPARE(listed[0][u"network"].toString(), u"mlp"_s);
    QCOMPARE(listed[0][u"parameters"].toInteger(), 109'386);
    QCOMPARE(listed[0][u"epochs"].toInt(), 1);
    QVERIFY(listed[0][u"testAccuracy"].toDouble() > 0.2);
    QCOMPARE(listed[0][u"dataHash"].toString(), listed[1][u"dataHash"].toString());
    QCOMPARE(listed[0][u"dataHash"].toString().size(), 64);
    const CliRun table = runCli({u"runs"_s, u"--runs-folder"_s, path(u"listed"_s)});
    QCOMPARE(table.code, 0);
    QCOMPARE(table.out.count('\n'), 3);
}

void TestCliRuns::oneRunWithItsEpochs()
{
    const CliRun run = runCli(training(u"one"_s, {u"--epochs"_s, u"2"_s, u"--name"_s, u"alone"_s}));
    QCOMPARE(run.code, 0);
    const QList<QJsonObject> shown =
        runCli({u"runs"_s, u"--json"_s, u"--runs-folder"_s, path(u"one"_s), u"alone"_s}).objects();
    QCOMPARE(shown.size(), 1);
    const QJsonArray metrics = shown.first()[u"metrics"].toArray();
    QCOMPARE(metrics.size(), 2);
    QCOMPARE(metrics[1].toObject()[u"validationLoss"].toDouble(),
             run.objects()[2][u"validationLoss"].toDouble());
    const CliRun none = runCli({u"runs"_s, u"--runs-folder"_s, path(u"one"_s), u"alome"_s});
    QCOMPARE(none.code, 1);
    QVERIFY2(none.err.contains("alone"), none.err.constData());
}

void TestCliRuns::damagedRunsBreakNothing()
{
    QCOMPARE(runCli(training(u"damaged"_s, {u"--epochs"_s, u"1"_s, u"--name"_s, u"whole"_s})).code, 0);
    const QDir folder(path(u"damaged"_s));
    QVERIFY(folder.mkpath(u"20250101-000000-cut"_s) && folder.mkpath(u"20250101-000001-new"_s));
    writeFile(folder.filePath(u"20250101-000000-cut/run.json"_s), "{\"format\": \"DigitPad ru");
    writeFile(folder.filePath(u"20250101-000001-new/run.json"_s),
              R"({"format": "DigitPad run", "version": 999})");
    QStringList states;
    for (const QJsonObject& run : runs(u"damaged"_s)) {
        states += run[u"state"].toString();
    }
    states.sort();
    QCOMPARE(states, (QStringList{u"completed"_s, u"damaged"_s, u"newer"_s}));
}

void TestCliRuns::killedRunIsResumedBitForBit()
{
    const QStringList options = {u"--epochs"_s,         u"6"_s,    u"--network"_s,  u"mlp-dropout"_s,
                                 u"--batch-size"_s,     u"20"_s,   u"--schedule"_s, u"cosine"_s,
                                 u"--weight-average"_s, u"0.99"_s, u"--augment"_s};
    const CliRun whole = runCli(training(u"whole"_s, options));
    QVERIFY2(whole.code == 0, whole.err.constData());

    const auto process = cliProcess(training(u"killed"_s, options));
    process->start();
    for (int line = 0; line < 3; ++line) { // It has begun, and two epochs have ended.
        QVERIFY(!nextLine(*process).isEmpty());
    }
    QVERIFY(::kill(static_cast<pid_t>(process->processId()), SIGKILL) == 0);
    finishCli(*process);
    QCOMPARE(runs(u"killed"_s).first()[u"state"].toString(), u"interrupted"_s);
    const QString id = runs(u"killed"_s).first()[u"id"].toString();
    const CliRun resumed =
        runCli({u"train"_s, u"--resume"_s, id, u"--json"_s, u"--runs-folder"_s, path(u"killed"_s)});
    QVERIFY2(resumed.code == 0, resumed.err.constData());
    QVERIFY(resumed.objects().first()[u"epochsBefore"].toInt() >= 2);

    const QJsonObject a = runs(u"whole"_s).first();
    const QJsonObject b = runs(u"killed"_s).first();
    QCOMPARE(b[u"state"].toString(), u"completed"_s);
    for (const char* key : {"bestValidationLoss", "bestValidationAccuracy", "testAccuracy", "bestEpoch"}) {
        QCOMPARE(b[QLatin1String(key)], a[QLatin1String(key)]);
    }
    const auto lastEpoch = [this](const QString& folder) {
        const QJsonArray metrics = runCli({u"runs"_s, u"--json"_s, u"--runs-folder"_s, path(folder),
                                           runs(folder).first()[u"id"].toString()})
                                       .objects()
                                       .first()[u"metrics"]
                                       .toArray();
        QJsonObject last = metrics.last().toObject();
        last.remove(u"seconds"_s);
        last[u"count"_s] = metrics.size();
        return last;
    };
    QCOMPARE(lastEpoch(u"killed"_s), lastEpoch(u"whole"_s));
}

void TestCliRuns::finishedRunIsTrainedFurther()
{
    QCOMPARE(runCli(training(u"more"_s, {u"--epochs"_s, u"1"_s, u"--name"_s, u"short"_s})).code, 0);
    const QStringList resume = {u"train"_s,      u"--json"_s,   u"--runs-folder"_s,
                                path(u"more"_s), u"--resume"_s, u"short"_s};
    const CliRun again = runCli(resume);
    QCOMPARE(again.code, 1);
    QVERIFY2(again.err.contains("--epochs"), again.err.constData());
    const CliRun more = runCli(resume + QStringList{u"--epochs"_s, u"3"_s});
    QVERIFY2(more.code == 0, more.err.constData());
    QCOMPARE(more.objects().last()[u"epochs"].toInt(), 3);
    QCOMPARE(runs(u"more"_s).size(), 1);
    QCOMPARE(runs(u"more"_s).first()[u"epochs"].toInt(), 3);
}

void TestCliRuns::foldsAreRunsOfTheirOwn()
{
    const CliRun run =
        runCli(training(u"folds"_s, {u"--epochs"_s, u"1"_s, u"--folds"_s, u"3"_s, u"--name"_s, u"cross"_s}));
    QVERIFY2(run.code == 0, run.err.constData());
    QCOMPARE(runs(u"folds"_s).size(), 3);
    const QJsonObject summary = run.objects().last()[u"crossValidation"].toObject();
    QCOMPARE(summary[u"folds"].toInt(), 3);
    double mean = 0;
    for (const QJsonObject& fold : runs(u"folds"_s)) {
        mean += fold[u"bestValidationAccuracy"].toDouble() / 3;
    }
    QVERIFY(qAbs(summary[u"validationAccuracy"].toDouble() - mean) < 1e-9);
}

QTEST_GUILESS_MAIN(TestCliRuns)
#include "tst_cliruns.moc"
