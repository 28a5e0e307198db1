#include "core/learning/runoptions.h"
#include "tests/support/runs.h"
#include "tests/testfiles.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <sys/resource.h>

using namespace digitpad;
using namespace digitpad::test;

namespace {

QString messageOf(const Result<ReadOptions>& result)
{
    return result ? QStringLiteral("no error") : QString::fromStdString(result.error().message);
}

Result<ReadOptions> parsed(const QByteArray& text)
{
    return parseOptionsFile(text, QStringLiteral("options.json"));
}

/// A whole file with `from` replaced.
QByteArray changed(const QByteArray& from, const QByteArray& to)
{
    const QByteArray text = optionsFileText(unusualOptions());
    return text.contains(from) ? QByteArray(text).replace(from, to) : QByteArray();
}

} // namespace

class TestRunOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyOptionIsKept();
    void everyMemberHasAKey();
    void emptyDetailsAreLeftOut();
    void variationsAreKept_data();
    void variationsAreKept();
    void seedsAreWhole();
    void mistakesAreNamed_data();
    void mistakesAreNamed();
    void everyCutIsRefused();
    void missingKeysAreNamed();
    void runFilesServe();
    void filesAreWrittenWhole();
    void noFile();
    void differences();
};

void TestRunOptions::everyOptionIsKept()
{
    for (const RunOptions& options : {unusualOptions(), RunOptions()}) {
        const auto read = parsed(optionsFileText(options));
        QVERIFY2(read.ok(), qPrintable(messageOf(read)));
        QVERIFY(read->options == options);
        QCOMPARE(read->warnings, QStringList());
    }
}

/// Does not compile any more when a struct gets another member: give it a key in optionkeys.cpp, a value in
/// unusualOptions(), and a name here.
void TestRunOptions::everyMemberHasAKey()
{
    [[maybe_unused]] const auto [parts, syntheticCount, syntheticSeed, noDigitCount, withNoDigits,
                                 heldOutGroups, inkRepeats, augmentation] = DataSource();
    [[maybe_unused]] const auto [network, details, optimizer, learningRate, momentum, nesterov, beta1, beta2,
                                 alpha, epsilon, weightDecay, schedule, warmUp, stepEpochs, rateFactor,
                                 plateauPatience, finalLearningRate, labelSmoothing, gradientClip,
                                 weightAverage, batchSize, epochs, plainEpochs, validationSplit, folds, fold,
                                 patience, seed, normalization, mean, standardDeviation, device, threads] =
        TrainingOptions();
    [[maybe_unused]] const auto [hiddenWidths, activation, batchNormalization, dropout] = NetworkDetails();
    const QJsonObject json = toJson(unusualOptions());
    QCOMPARE(json.value(u"data").toObject().size(), 8);
    QCOMPARE(json.value(u"training").toObject().size(), 33);
    QCOMPARE(json.value(u"training").toObject().value(u"details").toObject().size(), 4);
    // None of them is left at its usual value.
    QCOMPARE(differingOptions(unusualOptions(), RunOptions()).size(), 8 + 32 + 4);
}

void TestRunOptions::emptyDetailsAreLeftOut()
{
    RunOptions options;
    QVERIFY(!toJson(options).value(u"training").toObject().contains(u"details"));
    options.training.details.dropout = 0;
    QCOMPARE(toJson(options).value(u"training").toObject().value(u"details").toObject().keys(),
             QStringList{QStringLiteral("dropout")});
}

void TestRunOptions::variationsAreKept_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<std::optional<AugmentationOptions>>("options");
    QTest::newRow("none") << "none" << std::optional<AugmentationOptions>();
    QTest::newRow("all 0") << "plain=0" << std::optional(AugmentationOptions());
    QTest::newRow("usual") << "all" << std::optional(AugmentationOptions::usual());
}

void TestRunOptions::variationsAreKept()
{
    QFETCH(QString, text);
    QFETCH(std::optional<AugmentationOptions>, options);
    QJsonObject json = toJson(RunOptions());
    QJsonObject data = json.value(u"data").toObject();
    data.insert(u"augmentation", text);
    json.insert(u"data", data);
    const auto read = runOptionsFromJson(json);
    QVERIFY2(read.ok(), qPrintable(messageOf(read)));
    QVERIFY(read->options.data.augmentation == options);
    const auto again = runOptionsFromJson(toJson(read->options));
    QVERIFY(again.ok());
    QVERIFY(again->options == read->options);
}

void TestRunOptions::seedsAreWhole()
{
    const auto text = toJson(unusualOptions()).value(u"training").toObject().value(u"seed");
    QCOMPARE(text.toString(), QStringLiteral("18446744073709551615"));
    const auto read = parsed(changed("\"18446744073709551615\"", "42")); // As people write it.
    QVERIFY2(read.ok(), qPrintable(messageOf(read)));
    QCOMPARE(read->options.training.seed, std::uint64_t{42});
}

void TestRunOptions::mistakesAreNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const QByteArray& text, const char* message) {
        QTest::newRow(name) << text << QString::fromUtf8(message);
    };
    row("slip of the finger", changed("\"learningRate\"", "\"lerningRate\""),
        "There is no option “lerningRate” of “training” in “options.json”; did you mean “learningRate”?");
    row("as on the command line", changed("\"batchSize\"", "\"batch-size\""),
        "There is no option “batch-size” of “training” in “options.json”; did you mean “batchSize”?");
    row("in the wrong place", changed("\"heldOutGroups\"", "\"epochs\""),
        "There is no option “epochs” of “data” in “options.json”; move it into “training”.");
    row("detail in the wrong place", changed("\"optimizer\"", "\"hiddenWidths\""),
        "There is no option “hiddenWidths” of “training” in “options.json”; move it into “details”.");
    row("unknown to everybody", changed("\"epsilon\"", "\"colour of the sky\""),
        "There is no option “colour of the sky” of “training” in “options.json”; remove it.");
    row("unknown section", changed("\"version\"", "\"author\": \"Ada\", \"version\""),
        "There is no option “author” in “options.json”; remove it.");
    row("text for a number", changed("\"epochs\": 5", "\"epochs\": \"five\""),
        "“epochs” in “options.json” must be a whole number and is \"five\"; correct it.");
    row("half an epoch", changed("\"epochs\": 5", "\"epochs\": 5.5"),
        "“epochs” in “options.json” must be a whole number and is 5.5; correct it.");
    row("too large for an int", changed("\"epochs\": 5", "\"epochs\": 5e12"),
        "“epochs” in “options.json” must be a whole number and is 5000000000000; correct it.");
    row("negative count", changed("12345", "-1"),
        "“syntheticCount” in “options.json” must be a whole number from 0 on and is -1; correct it.");
    row("null", changed("\"momentum\": 0.85", "\"momentum\": null"),
        "“momentum” in “options.json” must be a number and is null; correct it.");
    row("number for a flag", changed("\"nesterov\": true", "\"nesterov\": 1"),
        "“nesterov” in “options.json” must be true or false and is 1; correct it.");
    row("width that is none", changed("300,", "\"wide\","),
        "“hiddenWidths” in “options.json” must be a list of whole numbers and is [\"wide\",100]; correct "
        "it.");
    row("normalisation", changed("\"own\"", "\"mine\""),
        "“normalization” in “options.json” must be “half”, “exact” or “own” and is \"mine\"; correct it.");
    row("variation", changed("rotate=1", "spin=1"),
        "“augmentation” in “options.json” must be “none”, “all”, or variations with strengths such as "
        "“rotate=1,shift=0.5” and is \"spin=1,slant=1,stretch=1,bend=1,pen-wid…; correct it.");
    row("seed", changed("18446744073709551615", "18446744073709551616"),
        "“seed” in “options.json” must be a whole number from 0 on, in quotation marks and is "
        "\"18446744073709551616\"; correct it.");
    row("section", R"({"format": "DigitPad training options", "version": 1, "training": [1]})",
        "“training” in “options.json” must be options in braces and is [1]; correct it.");
    row("newer", changed("\"version\": 1", "\"version\": 2"),
        "The options in “options.json” were saved by a newer version of DigitPad (format 2, known here is "
        "1); update DigitPad to use them.");
    row("no version", changed("\"version\": 1", "\"version\": null"),
        "The version in “options.json” is missing or no whole number from 1 on; write \"version\": 1.");
    row("other file", "{\"cells\": []}",
        "There are no training options in “options.json”; choose a file that DigitPad saved as such, with "
        "\"format\": \"DigitPad training options\".");
    row("list", "[]",
        "There are no training options in “options.json”; choose a file that DigitPad saved as such, with "
        "\"format\": \"DigitPad training options\".");
    row("no JSON", "learning rate = 0.1",
        "“options.json” is no JSON: line 1: illegal value; correct it or choose another file.");
    row("missing comma", "{\n\"format\": \"x\"\n\"version\": 1}",
        "“options.json” is no JSON: line 3: unterminated object; correct it or choose another file.");
    row("binary", QByteArray::fromHex("89504e470d0a1a0a00ff"),
        "“options.json” is no JSON: line 1: illegal value; correct it or choose another file.");
    row("empty", "", "“options.json” is no JSON: line 1: illegal value; correct it or choose another file.");
}

void TestRunOptions::mistakesAreNamed()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, message);
    const auto read = parsed(text);
    QCOMPARE(messageOf(read), message);
    QCOMPARE(read.error().code, ErrorCode::InvalidInput);
}

void TestRunOptions::everyCutIsRefused()
{
    const QByteArray text = optionsFileText(unusualOptions()).trimmed();
    for (qsizetype size = 0; size < text.size(); ++size) {
        QVERIFY2(!parsed(text.left(size)).ok(), qPrintable(QString::number(size)));
    }
}

void TestRunOptions::missingKeysAreNamed()
{
    const auto read = parsed(R"({"format": "DigitPad training options", "version": 1,
                                 "data": {"parts": ["mnist"]}, "training": {"network": "cnn"}})");
    QVERIFY2(read.ok(), qPrintable(messageOf(read)));
    QCOMPARE(read->options.training.network, std::string("cnn"));
    QCOMPARE(read->options.training.learningRate, TrainingOptions().learningRate);
    QCOMPARE(read->warnings.size(), 1);
    QVERIFY2(read->warnings.first().startsWith(
                 QStringLiteral("Not said in “options.json”, so their usual values were taken: "
                                "syntheticCount, syntheticSeed, noDigitCount, withNoDigits, heldOutGroups, "
                                "inkRepeats, augmentation, optimizer, learningRate,")),
             qPrintable(read->warnings.first()));
    QVERIFY(!read->warnings.first().contains(u"dropout")); // Empty where it is the network's own.

    const auto bare = parsed(R"({"format": "DigitPad training options", "version": 1, "training": {}})");
    QVERIFY(bare.ok());
    QVERIFY2(bare->warnings.first().contains(u": data, network, optimizer,"),
             qPrintable(bare->warnings.first()));
}

void TestRunOptions::runFilesServe()
{
    QTemporaryDir folder;
    RunRecord record = newRun(QStringLiteral("Mine"));
    record.options = unusualOptions();
    const QString run = finishedRun(folder.path(), record, 1);
    const auto read = readOptionsFile(run + QStringLiteral("/run.json"));
    QVERIFY2(read.ok(), qPrintable(messageOf(read)));
    QVERIFY(read->options == unusualOptions());
}

void TestRunOptions::filesAreWrittenWhole()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("mine.json"));
    QVERIFY(writeOptionsFile(path, RunOptions()).ok());
    const QByteArray before = readFile(path);

    std::signal(SIGXFSZ, SIG_IGN);
    rlimit old{};
    getrlimit(RLIMIT_FSIZE, &old);
    const rlimit small{500, old.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small); // A disk that is full after 500 bytes.
    const auto full = writeOptionsFile(path, unusualOptions());
    setrlimit(RLIMIT_FSIZE, &old);
    QVERIFY(!full.ok());
    QVERIFY(QString::fromStdString(full.error().message).contains(u"the disk is full"));
    QCOMPARE(readFile(path), before);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{QStringLiteral("mine.json")});

    QVERIFY(writeOptionsFile(path, unusualOptions()).ok());
    const auto read = readOptionsFile(path);
    QVERIFY(read.ok());
    QVERIFY(read->options == unusualOptions());
}

void TestRunOptions::noFile()
{
    QTemporaryDir folder;
    QCOMPARE(readOptionsFile(folder.filePath(QStringLiteral("x"))).error().code, ErrorCode::NotFound);
    QCOMPARE(readOptionsFile(folder.path()).error().code, ErrorCode::InvalidInput);
    const QString large = writeFile(folder.filePath(QStringLiteral("large")), QByteArray(2 << 20, ' '));
    QVERIFY(messageOf(readOptionsFile(large)).contains(u"larger than 1 MiB"));
}

void TestRunOptions::differences()
{
    RunOptions a;
    RunOptions b;
    QCOMPARE(differingOptions(a, b), QStringList());
    b.training.learningRate = 0.01;
    b.training.details.dropout = 0.5;
    b.data.inkRepeats = 2;
    QCOMPARE(differingOptions(a, b),
             (QStringList{QStringLiteral("inkRepeats"), QStringLiteral("learningRate"),
                          QStringLiteral("dropout")}));
}

QTEST_GUILESS_MAIN(TestRunOptions)
#include "tst_runoptions.moc"
