#include "core/data/syntheticdigits.h"
#include "core/image/normalizer.h"
#include "tests/support/samples.h"
#include "ui/data/dataitems.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace digitpad;

class DataItemsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void filtersByClass();
    void sortsByWhatIsCounted();
    void duplicatesStandBehindTheirFirst();
    void readingsSortAndMark();
    void halvesAndNothing();

private:
    std::shared_ptr<ExploredData> m_data;
};

void DataItemsTest::init()
{
    m_data = std::make_shared<ExploredData>();
    DigitSet& set = m_data->data.training;
    set = syntheticDigits(60, 1, {});
    set.add(set.digitImage(10), set.labels[10]);
    set.add(DigitImage(), 4);
    set.add(set.digitImage(3), (set.labels[3] + 1) % 10);
    m_data->data.test = syntheticDigits(7, 2, {});
    m_data->training = *digitStatistics(set);
    m_data->test = *digitStatistics(m_data->data.test);
}

void DataItemsTest::filtersByClass()
{
    DataItems items;
    QSignalSpy reset(&items, &GalleryItems::reset);
    items.setData(m_data, false);
    QCOMPARE(items.count(), 63);
    items.setFilter(4);
    QVERIFY(items.count() >= 7);
    for (int row = 0; row < items.count(); ++row) {
        QCOMPARE(items.item(row).label, QStringLiteral("4"));
        QCOMPARE(items.item(row).pixels, m_data->data.training.image(items.sampleAt(row)));
    }
    QCOMPARE(items.rowOf(items.sampleAt(3)), 3);
    items.setFilter(DataItems::Blank);
    QCOMPARE(items.count(), 1);
    QCOMPARE(items.sampleAt(0), std::size_t{61});
    QCOMPARE(items.rowOf(0), -1);
    QCOMPARE(reset.count(), 3);
}

void DataItemsTest::sortsByWhatIsCounted()
{
    DataItems items;
    items.setData(m_data, false);
    items.setOrder(DataItems::Order::Ink, false);
    QCOMPARE(items.sampleAt(0), std::size_t{61});
    const auto& ink = m_data->training.inkOfImage;
    for (int row = 1; row < items.count(); ++row) {
        QVERIFY(ink[items.sampleAt(row - 1)] <= ink[items.sampleAt(row)]);
    }
    items.setOrder(DataItems::Order::StrokeWidth, true);
    const auto& width = m_data->training.strokeWidthOfImage;
    for (int row = 1; row < items.count(); ++row) {
        QVERIFY(width[items.sampleAt(row - 1)] >= width[items.sampleAt(row)]);
    }
    items.setOrder(DataItems::Order::Index, true);
    QCOMPARE(items.sampleAt(0), std::size_t{62});
}

void DataItemsTest::duplicatesStandBehindTheirFirst()
{
    DataItems items;
    items.setFilter(DataItems::Duplicates);
    items.setData(m_data, false);
    QCOMPARE(items.count(), 4);
    QCOMPARE(items.sampleAt(0), std::size_t{3});
    QCOMPARE(items.sampleAt(1), std::size_t{62});
    QCOMPARE(items.sampleAt(2), std::size_t{10});
    QCOMPARE(items.sampleAt(3), std::size_t{60});
}

void DataItemsTest::readingsSortAndMark()
{
    DataItems items;
    items.setData(m_data, false);
    items.setOrder(DataItems::Order::Confidence, false);
    QCOMPARE(items.sampleAt(0), std::size_t{0}); // By index while nothing is known.
    auto readings = std::make_shared<SetReadings>();
    for (std::size_t i = 0; i < 63; ++i) {
        const int label = m_data->data.training.labels[i];
        const bool wrong = i == 20;
        readings->training.push_back(
            {wrong ? (label + 1) % 10 : label, 0.9F, wrong ? 0.05F : 0.5F + float(i) / 200});
    }
    items.setReadings(readings);
    QCOMPARE(items.sampleAt(0), std::size_t{20});
    QVERIFY(!items.item(0).badge.isEmpty());
    QVERIFY(items.item(1).badge.isEmpty());
    QCOMPARE(items.item(0).caption, QStringLiteral("5\u00a0%"));
    QVERIFY(items.description(0).contains(QStringLiteral("read as")));
    items.setFilter(DataItems::Misread);
    QCOMPARE(items.count(), 1);
    items.setReadings(nullptr);
    QCOMPARE(items.count(), 0);
}

void DataItemsTest::halvesAndNothing()
{
    DataItems items;
    QCOMPARE(items.count(), 0);
    items.setData(m_data, true);
    QCOMPARE(items.count(), 7);
    items.setData(nullptr, false);
    QCOMPARE(items.count(), 0);
    items.setOrder(DataItems::Order::Ink, true);
}

QTEST_APPLESS_MAIN(DataItemsTest)
#include "tst_dataitems.moc"
