#include "core/learning/dataexplorer.h"
#include "tests/gui/draw/fakemodel.h"
#include "tests/support/longtime.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace digitpad;

class DataExplorerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_explorer = std::make_unique<DataExplorer>(); }
    void cleanup() { m_explorer.reset(); }
    void readsAndCounts();
    void saysWhatIsWrong();
    void isCancelledOnce();
    void theNewestSourceWins();
    void splitsAsTrainingWould();
    void readsEveryImage();
    void goesWhileItWorks();

private:
    static DataSource synthetic(std::size_t count)
    {
        DataSource source;
        source.parts = QStringList{QStringLiteral("synthetic")};
        source.syntheticCount = count;
        return source;
    }
    std::shared_ptr<const ExploredData> explore(const DataSource& source)
    {
        QSignalSpy explored(m_explorer.get(), &DataExplorer::explored);
        m_explorer->explore(source);
        return explored.wait(longTime) ? explored.first().first().value<std::shared_ptr<const ExploredData>>()
                                       : nullptr;
    }

    std::unique_ptr<DataExplorer> m_explorer;
};

void DataExplorerTest::readsAndCounts()
{
    QSignalSpy progress(m_explorer.get(), &DataExplorer::progress);
    const auto data = explore(synthetic(2000));
    QVERIFY(data);
    QCOMPARE(data->data.training.size(), std::size_t{2000});
    QCOMPARE(data->training.images, std::size_t{2000});
    QCOMPARE(data->training.classes[3].images, std::size_t{200});
    QCOMPARE(data->test.images, std::size_t{200});
    QVERIFY(progress.count() > 0);
    QVERIFY(!m_explorer->busy());
}

void DataExplorerTest::saysWhatIsWrong()
{
    QSignalSpy failed(m_explorer.get(), &DataExplorer::failed);
    DataSource source;
    source.parts = QStringList{QStringLiteral("/nonexistent/digits.csv")};
    m_explorer->explore(source);
    QVERIFY(failed.wait(longTime));
    QVERIFY(failed.first().first().toString().contains(QStringLiteral("There is no data")));
}

void DataExplorerTest::isCancelledOnce()
{
    QSignalSpy cancelled(m_explorer.get(), &DataExplorer::cancelled);
    QSignalSpy explored(m_explorer.get(), &DataExplorer::explored);
    QSignalSpy failed(m_explorer.get(), &DataExplorer::failed);
    QSignalSpy progress(m_explorer.get(), &DataExplorer::progress);
    m_explorer->explore(synthetic(1'000'000));
    QVERIFY(progress.wait(longTime));
    m_explorer->cancel();
    QCOMPARE(cancelled.count(), 1);
    m_explorer->cancel();
    QCOMPARE(cancelled.count(), 1);
    QVERIFY(explore(synthetic(100)));
    QCOMPARE(explored.count(), 1);
    QCOMPARE(failed.count(), 0);
}

void DataExplorerTest::theNewestSourceWins()
{
    QSignalSpy explored(m_explorer.get(), &DataExplorer::explored);
    m_explorer->explore(synthetic(500'000));
    m_explorer->explore(synthetic(300));
    QVERIFY(explored.wait(longTime));
    QCOMPARE(explored.count(), 1);
    const auto data = explored.first().first().value<std::shared_ptr<const ExploredData>>();
    QCOMPARE(data->training.images, std::size_t{300});
}

void DataExplorerTest::splitsAsTrainingWould()
{
    const auto data = explore(synthetic(1000));
    QSignalSpy known(m_explorer.get(), &DataExplorer::splitKnown);
    TrainingOptions options;
    options.validationSplit = 0.2;
    m_explorer->previewSplit(data, options);
    QVERIFY(known.wait(longTime));
    auto split = known.last().first().value<SplitPreview>();
    QVERIFY(split.problem.isEmpty());
    QCOMPARE(split.training, std::size_t{800});
    QCOMPARE(split.validation, std::size_t{200});
    QCOMPARE(split.test, std::size_t{100});
    QCOMPARE(split.validationLabels[4], std::size_t{20});
    options.batchSize = 900;
    m_explorer->previewSplit(data, options);
    QVERIFY(known.wait(longTime));
    split = known.last().first().value<SplitPreview>();
    QVERIFY(split.problem.contains(QStringLiteral("900")));
}

void DataExplorerTest::readsEveryImage()
{
    const auto data = explore(synthetic(600));
    QSignalSpy known(m_explorer.get(), &DataExplorer::readingsKnown);
    const auto model = std::make_shared<test::FakeModel>();
    m_explorer->read(data, model);
    QVERIFY(known.wait(longTime));
    const auto readings = known.first().first().value<std::shared_ptr<const SetReadings>>();
    QCOMPARE(readings->model, std::shared_ptr<const Model>(model));
    QCOMPARE(readings->training.size(), std::size_t{600});
    QCOMPARE(readings->test.size(), std::size_t{60});
    for (std::size_t i = 0; i < 600; ++i) {
        QCOMPARE(readings->training[i].digit, 7);
        QCOMPARE(readings->training[i].confidenceInLabel > 0.9F, data->data.training.labels[i] == 7);
    }
}

void DataExplorerTest::goesWhileItWorks()
{
    m_explorer->explore(synthetic(1'000'000));
    m_explorer.reset(); // Waits for a few images, not for a million.
}

QTEST_GUILESS_MAIN(DataExplorerTest)
#include "tst_dataexplorer.moc"
