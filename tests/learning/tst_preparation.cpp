#include "core/learning/preparation.h"
#include "tests/testfiles.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

using namespace digitpad;
using namespace digitpad::test;

namespace {

bool always()
{
    return true;
}

/// A bar that leans a little more with each `number`, so that drawings differ.
QByteArray drawing(const QString& label, const QString& source, int number)
{
    return QStringLiteral(R"({"label":"%1","source":"%2","strokes":[[[0,0],[%3,50],[0,100]]]})"
                          "\n")
        .arg(label, source)
        .arg(number % 40)
        .toUtf8();
}

/// Each source writes every digit twice, and four letters.
QByteArray collection(const QStringList& sources)
{
    QByteArray lines;
    int number = 0;
    for (const QString& source : sources) {
        for (int i = 0; i < 20; ++i) {
            lines += drawing(QString::number(i % 10), source, ++number);
        }
        for (int i = 0; i < 4; ++i) {
            lines += drawing(QStringLiteral("k"), source, ++number);
        }
    }
    return lines;
}

std::set<std::uint32_t> groupsOf(const DigitSet& set)
{
    return {set.groups.begin(), set.groups.end()};
}

std::size_t countOf(const DigitSet& set, int label)
{
    return static_cast<std::size_t>(std::count(set.labels.begin(), set.labels.end(), label));
}

} // namespace

class TestPreparation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void keepsSourcesApart();
    void holdsOutWhatIsAskedFor();
    void repeatsInkInTrainingOnly();
    void variesTheTrainingSamples();
    void foldsCoverTheData();
    void foldsAndHeldOutSourcesExcludeEachOther();
    void readOnceOrAnew();
    void refuses_data();
    void refuses();

private:
    [[nodiscard]] DataSource source(const QStringList& parts) const
    {
        DataSource source;
        for (const QString& part : parts) {
            source.parts.append(part == u"synthetic" ? part : m_folder.filePath(part));
        }
        source.syntheticCount = 100;
        source.withNoDigits = true;
        return source;
    }

    QTemporaryDir m_folder;
    TrainingOptions m_options;
};

void TestPreparation::initTestCase()
{
    m_options.validationSplit = 0.25;
    m_options.batchSize = 16;
    const auto write = [this](const char* name, const QByteArray& lines) {
        QVERIFY(!writeFile(m_folder.filePath(QLatin1String(name)), lines).isEmpty());
    };
    write("four.jsonl",
          collection({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")}));
    write("two.jsonl", collection({QStringLiteral("a"), QStringLiteral("b")}));
    QByteArray letters;
    for (int i = 0; i < 40; ++i) {
        letters += drawing(QStringLiteral("k"), QString(), i);
    }
    write("letters.jsonl", letters);
}

void TestPreparation::keepsSourcesApart()
{
    const auto prepared = prepareTraining(source({QStringLiteral("four.jsonl")}), m_options, always);
    QVERIFY(prepared.ok());
    const TrainingData& data = prepared->data;
    QCOMPARE(data.validation->size(), std::size_t{24});
    QCOMPARE(data.training->size(), std::size_t{72});
    QCOMPARE(groupsOf(*data.validation).size(), std::size_t{1});
    QCOMPARE(groupsOf(*data.training).count(*groupsOf(*data.validation).begin()), std::size_t{0});
    QCOMPARE(countOf(*data.validation, noDigitLabel), std::size_t{4});
    QVERIFY(data.renderer == nullptr);
}

void TestPreparation::holdsOutWhatIsAskedFor()
{
    DataSource asked = source({QStringLiteral("four.jsonl"), QStringLiteral("synthetic")});
    asked.heldOutGroups = {QStringLiteral("d"), QStringLiteral("b")};
    const auto prepared = prepareTraining(asked, m_options, always);
    QVERIFY(prepared.ok());
    QCOMPARE(groupsOf(*prepared->data.validation), (std::set<std::uint32_t>{0, 2, 4}));
    QCOMPARE(groupsOf(*prepared->data.training), (std::set<std::uint32_t>{0, 1, 3}));
    QCOMPARE(prepared->data.validation->size(), std::size_t{48 + 25});
}

void TestPreparation::repeatsInkInTrainingOnly()
{
    DataSource asked = source({QStringLiteral("synthetic"), QStringLiteral("four.jsonl")});
    const auto once = prepareTraining(asked, m_options, always);
    asked.inkRepeats = 3;
    asked.augmentation = AugmentationOptions();
    const auto repeated = prepareTraining(asked, m_options, always);
    QVERIFY(once.ok() && repeated.ok());
    QCOMPARE(once->data.training->size(), std::size_t{75 + 72});
    QCOMPARE(repeated->data.training->size(), std::size_t{75 + 3 * 72});
    QCOMPARE(repeated->data.validation->images, once->data.validation->images);

    // The renderer knows of every occurrence, and without variations it gives the images themselves.
    const DigitSet& training = *repeated->data.training;
    for (std::size_t i = 0; i < training.size(); ++i) {
        DigitImage image;
        repeated->data.renderer->render(i, 1, image.pixels.data());
        QCOMPARE(image, training.digitImage(i));
    }
}

void TestPreparation::variesTheTrainingSamples()
{
    DataSource asked = source({QStringLiteral("four.jsonl")});
    asked.inkRepeats = 2;
    asked.augmentation = AugmentationOptions::usual();
    asked.augmentation->plain = 0;
    const auto prepared = prepareTraining(asked, m_options, always);
    QVERIFY(prepared.ok());
    DigitImage first;
    DigitImage second;
    prepared->data.renderer->render(0, 1, first.pixels.data());
    prepared->data.renderer->render(72, 1, second.pixels.data());
    QCOMPARE(prepared->data.training->digitImage(0), prepared->data.training->digitImage(72));
    QVERIFY(first != second);
}

void TestPreparation::foldsCoverTheData()
{
    const DataSource asked = source({QStringLiteral("four.jsonl"), QStringLiteral("synthetic")});
    TrainingOptions options = m_options;
    options.folds = 4;
    std::set<std::uint32_t> validated;
    std::size_t images = 0;
    for (options.fold = 1; options.fold <= 4; ++options.fold) {
        const auto prepared = prepareTraining(asked, options, always);
        QVERIFY(prepared.ok());
        const DigitSet& validation = *prepared->data.validation;
        const auto groups = groupsOf(validation);
        QCOMPARE(groups.size(), std::size_t{2}); // One source, and what has none.
        validated.insert(groups.begin(), groups.end());
        QCOMPARE(validation.size(), std::size_t{24 + 25});
        images += validation.size();
        QCOMPARE(prepared->data.training->size(), std::size_t{3 * (24 + 25)});
    }
    QCOMPARE(validated.size(), std::size_t{5});
    QCOMPARE(images, std::size_t{4 * 24 + 100});
}

void TestPreparation::foldsAndHeldOutSourcesExcludeEachOther()
{
    DataSource asked = source({QStringLiteral("four.jsonl")});
    asked.heldOutGroups = {QStringLiteral("d")};
    TrainingOptions options = m_options;
    options.folds = 2;
    const auto prepared = prepareTraining(asked, options, always);
    QVERIFY(!prepared.ok());
    QVERIFY(prepared.error().message.find("exclude each other") != std::string::npos);
}

void TestPreparation::readOnceOrAnew()
{
    const DataSource asked = source({QStringLiteral("four.jsonl"), QStringLiteral("synthetic")});
    const auto loaded = loadData(asked, always);
    QVERIFY(loaded.ok());
    const auto once = prepareTraining(*loaded, asked, m_options);
    const auto again = prepareTraining(*loaded, asked, m_options);
    const auto anew = prepareTraining(asked, m_options, always);
    QVERIFY(once.ok() && again.ok() && anew.ok());
    for (const auto* other : {&again, &anew}) {
        QCOMPARE(other->value().data.training->images, once->data.training->images);
        QCOMPARE(other->value().data.validation->labels, once->data.validation->labels);
        QCOMPARE(other->value().data.test->images, once->data.test->images);
    }
}

void TestPreparation::refuses_data()
{
    QTest::addColumn<QStringList>("parts");
    QTest::addColumn<QString>("heldOut");
    QTest::addColumn<int>("batchSize");
    QTest::addColumn<QString>("message");
    const QStringList two{QStringLiteral("two.jsonl")};
    QTest::newRow("unknown source") << two << QStringLiteral("z") << 8 << QStringLiteral("“a” and “b”");
    QTest::newRow("batch beyond what the sources leave")
        << two << QStringLiteral("b") << 30 << QStringLiteral("batch of 30 images is impossible with the 24");
    QTest::newRow("no digits") << QStringList{QStringLiteral("letters.jsonl")} << QString() << 8
                               << QStringLiteral("no digits to train");
    QTest::newRow("no file") << QStringList{QStringLiteral("nowhere.jsonl")} << QString() << 8
                             << QStringLiteral("nowhere.jsonl");
}

void TestPreparation::refuses()
{
    QFETCH(QStringList, parts);
    QFETCH(QString, heldOut);
    QFETCH(int, batchSize);
    QFETCH(QString, message);
    DataSource asked = source(parts);
    if (!heldOut.isEmpty()) {
        asked.heldOutGroups = {heldOut};
    }
    TrainingOptions options = m_options;
    options.batchSize = batchSize;
    const auto prepared = prepareTraining(asked, options, always);
    QVERIFY(!prepared.ok());
    const QString text = QString::fromStdString(prepared.error().message);
    QVERIFY2(text.contains(message), qPrintable(text));
}

QTEST_GUILESS_MAIN(TestPreparation)
#include "tst_preparation.moc"
