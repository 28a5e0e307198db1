// What the charts make of the runs that they are given.
#include "tests/gui/training/chartfixture.h"
#include "ui/training/runlegend.h"

#include <QComboBox>
#include <QImage>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace digitpad;
using namespace digitpad::test;

class TestMetricsChart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void takesBatchesAndEpochs();
    void staysAfterTheEndAndEmptiesWithTheNextRun();
    void goesOnWhereARunWas();
    void waitsWhileHidden();
    void redrawsSeldom();
    void axisIsSteady();
    void axisFollowsTheEpochs();
    void stepsInsteadOfEpochs();
    void longRunsAreThinnedOut();
    void overlaysRunsInColoursOfTheirOwn();
    void theRunInProgressKeepsItsOwnCurves();
    void describesItselfToScreenReaders();
    void followsThePalette();
    void survivesLossesThatAreNoNumbers();
    void clearTakesAllAway();

private:
    std::unique_ptr<ChartFixture> m_fixture;
};

void TestMetricsChart::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("digitpad-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_metricschart"));
}

void TestMetricsChart::init()
{
    m_fixture = std::make_unique<ChartFixture>();
}

void TestMetricsChart::cleanup()
{
    m_fixture.reset();
}

void TestMetricsChart::takesBatchesAndEpochs()
{
    LiveRun run(*m_fixture->chart, 3);
    run.batches(100, 0.5);
    run.epoch(0.4, 0.9);
    QTRY_COMPARE(m_fixture->batches(), 100u);
    QCOMPARE(m_fixture->scene().runs.size(), 1u);
    QCOMPARE(m_fixture->scene().runs[0].stepsPerEpoch, 100.0);
    QCOMPARE(m_fixture->scene().runs[0].curves->epochs.size(), 1u);
    QCOMPARE(m_fixture->scene(Metric::Accuracy).runs[0].curves, m_fixture->scene().runs[0].curves);
    QVERIFY(m_fixture->scene(Metric::Accuracy).view.top() <= 0.89);
    QCOMPARE(m_fixture->scene(Metric::Accuracy).yScale.high, 1.0);
}

void TestMetricsChart::staysAfterTheEndAndEmptiesWithTheNextRun()
{
    LiveRun run(*m_fixture->chart, 1);
    run.batches(10, 1);
    m_fixture->chart->flush();
    QCOMPARE(m_fixture->batches(), 10u);
    m_fixture->chart->beginRun(QStringLiteral("next"), QStringLiteral("Next"), 5);
    m_fixture->chart->flush();
    QCOMPARE(m_fixture->scene().runs.size(), 1u);
    QCOMPARE(m_fixture->scene().runs[0].name, QStringLiteral("Next"));
    QCOMPARE(m_fixture->batches(), 0u);
}

void TestMetricsChart::goesOnWhereARunWas()
{
    m_fixture->chart->beginRun(QStringLiteral("live"), QStringLiteral("Live"), 4,
                               makeCurves({2, 100, 0.05, 1, true}));
    BatchProgress newest;
    newest.batches = 100;
    newest.step = 201;
    m_fixture->chart->addBatches(newest, {{201, 0.1F, 0.9F, 1e-3F, 1.0F}});
    m_fixture->chart->flush();
    QCOMPARE(m_fixture->batches(), 201u);
    QCOMPARE(m_fixture->scene().runs[0].curves->epochs.size(), 2u);
}

void TestMetricsChart::waitsWhileHidden()
{
    m_fixture->chart->hide();
    LiveRun run(*m_fixture->chart, 1);
    run.batches(10, 1);
    m_fixture->chart->flush();
    QCOMPARE(m_fixture->batches(), 0u);
    m_fixture->chart->show();
    QCOMPARE(m_fixture->batches(), 10u);
}

void TestMetricsChart::redrawsSeldom()
{
    LiveRun run(*m_fixture->chart, 1);
    m_fixture->chart->flush();
    run.batches(1, 1);
    run.batches(1, 1);
    QCOMPARE(m_fixture->batches(), 0u); // Not in the call that brought them.
    QTRY_COMPARE(m_fixture->batches(), 2u);
}

void TestMetricsChart::axisIsSteady()
{
    LiveRun run(*m_fixture->chart, 10);
    QList<double> ends;
    for (int i = 0; i < 60; ++i) {
        run.batches(10, 0.2 + 2.0 * std::exp(-i / 10.0));
        m_fixture->chart->flush();
        const double end = m_fixture->scene().yScale.high;
        if (ends.isEmpty() || ends.last() != end) {
            ends.append(end);
        }
    }
    QVERIFY2(ends.size() <= 5, qPrintable(QString::number(ends.size())));
}

void TestMetricsChart::axisFollowsTheEpochs()
{
    LiveRun run(*m_fixture->chart, 100);
    run.batches(50, 1);
    m_fixture->chart->flush();
    QVERIFY(std::abs(m_fixture->scene().view.right() - 1.02) < 1e-9);
    run.batches(600, 1);
    m_fixture->chart->flush();
    QVERIFY(std::abs(m_fixture->scene().view.right() - 8.16) < 1e-9);
    QCOMPARE(m_fixture->scene(Metric::Accuracy).view.right(), m_fixture->scene().view.right());
}

void TestMetricsChart::stepsInsteadOfEpochs()
{
    LiveRun run(*m_fixture->chart, 2);
    run.batches(160, 1);
    auto* axis = m_fixture->child<QComboBox>("xAxis");
    axis->setFocus();
    QTest::keyClick(axis, Qt::Key_Down);
    QCOMPARE(int(m_fixture->scene().options.xAxis), int(XAxis::Steps));
    QVERIFY(std::abs(m_fixture->scene().view.right() - 200 * 1.02) < 1e-6);
}

void TestMetricsChart::longRunsAreThinnedOut()
{
    LiveRun run(*m_fixture->chart, 10'000);
    for (int i = 0; i < 50; ++i) {
        run.batches(10'000, 0.5);
    }
    m_fixture->chart->flush();
    QVERIFY2(m_fixture->batches() <= 200'000 && m_fixture->batches() >= 100'000,
             qPrintable(QString::number(m_fixture->batches())));
    const auto& kept = m_fixture->scene().runs[0].curves->batches;
    const std::int64_t stride = kept[1].step - kept[0].step;
    QVERIFY(kept.back().step > 500'000 - stride);
    QVERIFY(std::adjacent_find(kept.begin(), kept.end(), [stride](const auto& a, const auto& b) {
                return b.step - a.step != stride;
            }) == kept.end());
}

void TestMetricsChart::overlaysRunsInColoursOfTheirOwn()
{
    m_fixture->addRuns(3);
    QCOMPARE(m_fixture->scene().runs.size(), 3u);
    QCOMPARE(m_fixture->chart->runStyle(QStringLiteral("run-2")), 2);
    m_fixture->chart->removeRun(QStringLiteral("run-0"));
    m_fixture->chart->setRun(QStringLiteral("another"), QStringLiteral("Another"), makeCurves());
    QCOMPARE(m_fixture->chart->runStyle(QStringLiteral("another")), 0); // What is free.
    QCOMPARE(m_fixture->chart->runStyle(QStringLiteral("run-2")), 2);   // The others stay as they are.
    QCOMPARE(m_fixture->chart->runStyle(QStringLiteral("unknown")), -1);
    LiveRun run(*m_fixture->chart, 2);
    QCOMPARE(m_fixture->chart->runStyle(QStringLiteral("live")), 3);
    m_fixture->chart->flush();
    QCOMPARE(m_fixture->scene().runs.back().id, QStringLiteral("live")); // On top.
}

void TestMetricsChart::theRunInProgressKeepsItsOwnCurves()
{
    LiveRun run(*m_fixture->chart, 3);
    run.batches(120, 0.5);
    m_fixture->chart->setRun(QStringLiteral("live"), QStringLiteral("New name"),
                             makeCurves({1, 100, 0.05, 1, true}));
    m_fixture->chart->flush();
    QCOMPARE(m_fixture->batches(), 120u);
    QCOMPARE(m_fixture->scene().runs[0].name, QStringLiteral("New name"));
    m_fixture->chart->beginRun(QStringLiteral("next"), QStringLiteral("Next"), 3);
    m_fixture->chart->flush();
    QCOMPARE(m_fixture->scene().runs.size(), 2u); // It was asked to be laid over.
}

void TestMetricsChart::describesItselfToScreenReaders()
{
    LiveRun run(*m_fixture->chart, 1);
    run.epoch(0.4, 0.9);
    QCOMPARE(m_fixture->chart->plot(Metric::Loss)->accessibleDescription(),
             QStringLiteral("After epoch 1: training loss 0.400, validation loss 0.400"));
    QVERIFY(
        m_fixture->chart->plot(Metric::Accuracy)->accessibleDescription().contains(QStringLiteral("90.00")));
    m_fixture->addRuns(1);
    QVERIFY(m_fixture->chart->plot(Metric::Loss)
                ->accessibleDescription()
                .contains(QStringLiteral("Run 0. After")));
    QVERIFY(!m_fixture->chart->plot(Metric::Loss)->accessibleName().isEmpty());
}

void TestMetricsChart::followsThePalette()
{
    QPalette dark;
    dark.setColor(QPalette::Base, Qt::black);
    dark.setColor(QPalette::Text, Qt::white);
    m_fixture->chart->setPalette(dark);
    const QImage picture = m_fixture->chart->plot(Metric::Loss)->grab().toImage();
    QCOMPARE(picture.pixelColor(picture.width() - 2, picture.height() / 2), QColor(Qt::black));
    QCOMPARE(m_fixture->scene().colors.text, QColor(Qt::white));
}

void TestMetricsChart::survivesLossesThatAreNoNumbers()
{
    LiveRun run(*m_fixture->chart, 2);
    run.batches(10, std::numeric_limits<double>::quiet_NaN());
    run.epoch(std::numeric_limits<double>::infinity(), 0.1);
    for (const bool logarithmic : {false, true}) {
        m_fixture->chart->setLogarithmic(logarithmic);
        m_fixture->chart->flush();
        QVERIFY(std::isfinite(m_fixture->scene().view.bottom()) && m_fixture->scene().view.height() > 0);
        QVERIFY(!m_fixture->chart->grab().isNull());
    }
}

void TestMetricsChart::clearTakesAllAway()
{
    m_fixture->addRuns(2);
    LiveRun run(*m_fixture->chart, 2);
    run.batches(10, 1);
    m_fixture->chart->clear();
    m_fixture->chart->flush();
    QVERIFY(m_fixture->scene().runs.empty());
    QVERIFY(!m_fixture->chart->findChild<RunLegend*>()->isVisible());
    run.batches(10, 1); // Of nobody's run now.
    m_fixture->chart->flush();
    QVERIFY(m_fixture->scene().runs.empty());
}

QTEST_MAIN(TestMetricsChart)
#include "tst_metricschart.moc"
