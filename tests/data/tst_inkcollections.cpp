#include "core/data/datasource.h"
#include "core/image/normalizer.h"
#include "tests/testfiles.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>

using namespace digitpad;
using namespace digitpad::test;

namespace {

bool always()
{
    return true;
}

Result<LoadedData> load(const QStringList& parts)
{
    DataSource source;
    source.parts = parts;
    return loadData(source, always);
}

/// An upright stroke with that label, as JSON.
QByteArray line(const char* label)
{
    return QByteArray(R"({"label":)") + label + R"(,"strokes":[[[0,0],[1,50],[0,100]]]})" + '\n';
}

} // namespace

/// What a data source makes of collections: labels, hands and strokes.
class TestInkCollections : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void countsWhatItLeavesOut();
    void takesWhatIsNoDigit();
    void namesTheHands();
    void keepsTheStrokes();
    void refusesDamagedCollections();
    void loadsPenDigits();

private:
    QString write(const QString& name, const QByteArray& bytes)
    {
        return writeFile(m_folder->filePath(name), bytes);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestInkCollections::countsWhatItLeavesOut()
{
    QByteArray lines = line("\"1\"") + line("\"x\"") + line("\"12\"") + "garbage\n";
    lines += R"({"label":"2","strokes":[]})"
             "\n"
             R"({"strokes":[[[1,1]]]})"
             "\n{}\n[]\n7\n" +
             line("\"2\"");
    const QString path = write(QStringLiteral("a.jsonl"), lines);
    const auto data = load({path});
    QVERIFY(data.ok());
    QCOMPARE(data->training.labels, (std::vector<std::uint8_t>{1, 2}));
    const QStringList& warnings = data->warnings;
    QCOMPARE(warnings.size(), 5);
    QVERIFY2(warnings[0].startsWith(QStringLiteral("Line 4 of “%1” is no JSON").arg(path)),
             qPrintable(warnings[0]));
    QCOMPARE(warnings[1], QStringLiteral("Line 5 of “%1” has no strokes.").arg(path));
    QCOMPARE(warnings[2], QStringLiteral("Line 7 of “%1” has no “strokes” array.").arg(path));
    QVERIFY2(warnings[3].contains(QStringLiteral(" 2 more malformed lines")), qPrintable(warnings[3]));
    QVERIFY2(warnings[4].contains(QStringLiteral(" 3 drawings without a digit")), qPrintable(warnings[4]));
}

void TestInkCollections::takesWhatIsNoDigit()
{
    const QByteArray lines = line("\"1\"") + line("\"x\"") + line("\"O\"") + line("\"l\"") + line("\"12\"") +
                             R"({"strokes":[[[1,1],[2,9]]]})" + "\n" + line("\"heart\"");
    DataSource source;
    source.parts = {write(QStringLiteral("a.jsonl"), lines)};
    source.withNoDigits = true;
    const auto data = loadData(source, always);
    QVERIFY(data.ok());
    QCOMPARE(data->training.labels, (std::vector<std::uint8_t>{1, noDigitLabel, noDigitLabel}));
    QCOMPARE(data->warnings.size(), 2);
    QVERIFY2(data->warnings[0].contains(QStringLiteral(" 1 drawings without a label")),
             qPrintable(data->warnings[0]));
    QVERIFY2(data->warnings[1].contains(QStringLiteral(" 3 drawings of signs that look like a digit")),
             qPrintable(data->warnings[1]));
    QCOMPARE(loadEvaluationData(source, always)->test.labels, data->training.labels);

    // Letters alone are something to measure with, and nothing but look-alikes is nothing at all.
    source.parts = {write(QStringLiteral("letters.jsonl"), line("\"x\""))};
    QCOMPARE(loadEvaluationData(source, always)->test.labels, (std::vector<std::uint8_t>{noDigitLabel}));
    source.parts = {write(QStringLiteral("alike.jsonl"), line("\"O\""))};
    QVERIFY(!loadEvaluationData(source, always).ok());
}

void TestInkCollections::namesTheHands()
{
    const auto drawing = [](const char* label, const QByteArray& more) {
        return QByteArray(R"({"label":")") + label + R"(","strokes":[[[0,0],[1,50]]])" + more + "}\n";
    };
    const QByteArray digits = drawing("1", R"(,"source":"apa","writer":"ann")") +
                              drawing("2", R"(,"writer":"bob")") + drawing("3", "") +
                              drawing("4", R"(,"source":"apb")");
    const QByteArray letters = drawing("a", R"(,"source":"kai")") + drawing("b", R"(,"source":"apb")") +
                               drawing("c", R"(,"source":"apb")");
    DataSource source;
    source.parts = {write(QStringLiteral("digits.jsonl"), digits), QStringLiteral("synthetic"),
                    write(QStringLiteral("letters.jsonl"), letters)};
    source.syntheticCount = 10;
    source.withNoDigits = true;
    const auto data = loadData(source, always);
    QVERIFY(data.ok());
    QCOMPARE(data->training.groupNames, (std::vector<std::string>{"apa", "bob", "apb", "kai"}));
    std::vector<std::uint32_t> groups(16);
    std::copy_n(std::array<std::uint32_t, 4>{1, 2, 0, 3}.begin(), 4, groups.begin());
    groups[14] = 4;
    groups[15] = 3; // “b” looks like a 6 and was left out.
    QCOMPARE(data->training.groups, groups);
}

void TestInkCollections::keepsTheStrokes()
{
    write(QStringLiteral("train-images-idx3-ubyte"), idx({2, 28, 28}, QByteArray(2 * digitPixels, '\x9')));
    write(QStringLiteral("train-labels-idx1-ubyte"), idx({2}, "\1\2"));
    DataSource source;
    source.parts = {m_folder->path(), QStringLiteral("synthetic"),
                    write(QStringLiteral("a.jsonl"), line("4") + line("\"x\"") + line("5"))};
    source.syntheticCount = 10;
    const auto data = loadData(source, always);
    QVERIFY(data.ok());
    QCOMPARE(data->origins.size(), data->training.size());
    for (std::size_t i = 0; i < data->origins.size(); ++i) {
        const auto kind = i < 2    ? SampleOrigin::Kind::Picture
                          : i < 12 ? SampleOrigin::Kind::SyntheticDigit
                                   : SampleOrigin::Kind::Strokes;
        QCOMPARE(data->origins[i].kind, kind);
        QCOMPARE(data->origins[i].ink != nullptr, kind == SampleOrigin::Kind::Strokes);
    }
    QCOMPARE(normalizeInk(*data->origins.back().ink), data->training.digitImage(13));
}

void TestInkCollections::refusesDamagedCollections()
{
    const QString path = write(QStringLiteral("a.jsonl.gz"), gzipped(line("1") + line("2")).chopped(6));
    const auto data = load({path});
    QVERIFY(!data.ok());
    QVERIFY(data.error().message.find("cut off") != std::string::npos);
}

void TestInkCollections::loadsPenDigits()
{
    const QString folder = sharedFolder(QStringLiteral("pen"));
    if (folder.isEmpty()) {
        QSKIP("The pen-drawn characters are not beside the project.");
    }
    const auto digits = load({folder + QStringLiteral("/unipen-dev-digits.jsonl.gz")});
    QVERIFY(digits.ok());
    QCOMPARE(digits->training.size(), std::size_t{7861});
    QVERIFY(digits->warnings.isEmpty());
    QCOMPARE(digits->training.groupNames.size(), std::size_t{13});
    const QString other = folder + QStringLiteral("/unipen-dev-other.jsonl.gz");
    QVERIFY(!load({other}).ok());
    DataSource source;
    source.parts = {other};
    source.withNoDigits = true;
    const auto noDigits = loadData(source, always);
    QVERIFY(noDigits.ok());
    // Its look-alikes were taken out by others, so that none is left for us.
    QCOMPARE(noDigits->training.labels, std::vector<std::uint8_t>(5000, noDigitLabel));
}

QTEST_GUILESS_MAIN(TestInkCollections)
#include "tst_inkcollections.moc"
