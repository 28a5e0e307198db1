#include "tests/gui/training/curvefixture.h"
#include "ui/training/chartbar.h"
#include "ui/training/metricschart.h"
#include "ui/training/plotview.h"
#include "ui/training/runlegend.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace digitpad;
using digitpad::test::makeCurves;

namespace {

constexpr std::int64_t epochBatches = 100;

/// Feeds the chart's run in progress.
class Run
{
public:
    explicit Run(MetricsChart& chart, int epochs)
        : m_chart(chart)
    {
        chart.beginRun(QStringLiteral("live"), QStringLiteral("Live run"), epochs);
    }

    void batches(int count, double loss)
    {
        QVector<BatchPoint> points;
        for (int i = 0; i < count; ++i) {
            points.append({++m_step, float(loss), 0.9F, 1e-3F, 2.0F});
        }
        BatchProgress newest;
        newest.batches = epochBatches;
        newest.step = m_step;
        m_chart.addBatches(newest, points);
    }
    void epoch(double validationLoss, double accuracy)
    {
        EpochMetrics metrics;
        metrics.epoch = ++m_epoch;
        metrics.step = m_epoch * epochBatches;
        metrics.trainingLoss = validationLoss;
        metrics.validationLoss = validationLoss;
        metrics.trainingAccuracy = accuracy - 0.01;
        metrics.validationAccuracy = accuracy;
        m_chart.addEpoch(metrics);
    }

private:
    MetricsChart& m_chart;
    std::int64_t m_step = 0;
    int m_epoch = 0;
};

} // namespace

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
    void legendHidesAndShows();
    void legendShowsOneAlone();
    void zoomIsSharedByThePlots();
    void homeResetsTheView();
    void followsTheLastPart();
    void zoomEndsAtTheWholeRun();
    void metricsAreChosenByButtons();
    void theLastMetricStays();
    void choicesAreRemembered();
    void crosshairInEveryPlot();
    void describesItselfToScreenReaders();
    void followsThePalette();
    void survivesLossesThatAreNoNumbers();
    void clearTakesAllAway();
    void copiesAPicture();
    void exportsThroughTheDialog();
    void saysWhatCouldNotBeWritten();

private:
    [[nodiscard]] const PlotScene& scene(Metric metric = Metric::Loss) const
    {
        return m_chart->plot(metric)->scene();
    }
    [[nodiscard]] std::size_t batches() const
    {
        return scene().runs.empty() ? 0 : scene().runs.back().curves->batches.size();
    }
    template <class T>
    T* child(const char* name) const
    {
        auto* found = m_chart->findChild<T*>(QLatin1String(name));
        if (found == nullptr) {
            qFatal("no child named %s", name);
        }
        return found;
    }
    void addRuns(int count)
    {
        for (int i = 0; i < count; ++i) {
            m_chart->setRun(QStringLiteral("run-%1").arg(i), QStringLiteral("Run %1").arg(i),
                            makeCurves({10, 50, 0.05, unsigned(i + 1), true}));
        }
        m_chart->flush();
    }

    std::unique_ptr<MetricsChart> m_chart;
};

void TestMetricsChart::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("digitpad-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_metricschart"));
}

void TestMetricsChart::init()
{
    QSettings().clear();
    m_chart = std::make_unique<MetricsChart>();
    m_chart->resize(700, 560);
    m_chart->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_chart.get()));
}

void TestMetricsChart::cleanup()
{
    m_chart.reset();
}

void TestMetricsChart::takesBatchesAndEpochs()
{
    Run run(*m_chart, 3);
    run.batches(100, 0.5);
    run.epoch(0.4, 0.9);
    QTRY_COMPARE(batches(), 100u);
    QCOMPARE(scene().runs.size(), 1u);
    QCOMPARE(scene().runs[0].stepsPerEpoch, 100.0);
    QCOMPARE(scene().runs[0].curves->epochs.size(), 1u);
    QCOMPARE(scene(Metric::Accuracy).runs[0].curves, scene().runs[0].curves);
    QVERIFY(scene(Metric::Accuracy).view.top() <= 0.89);
    QCOMPARE(scene(Metric::Accuracy).yScale.high, 1.0);
}

void TestMetricsChart::staysAfterTheEndAndEmptiesWithTheNextRun()
{
    Run run(*m_chart, 1);
    run.batches(10, 1);
    m_chart->flush();
    QCOMPARE(batches(), 10u);
    m_chart->beginRun(QStringLiteral("next"), QStringLiteral("Next"), 5);
    m_chart->flush();
    QCOMPARE(scene().runs.size(), 1u);
    QCOMPARE(scene().runs[0].name, QStringLiteral("Next"));
    QCOMPARE(batches(), 0u);
}

void TestMetricsChart::goesOnWhereARunWas()
{
    m_chart->beginRun(QStringLiteral("live"), QStringLiteral("Live"), 4, makeCurves({2, 100, 0.05, 1, true}));
    BatchProgress newest;
    newest.batches = 100;
    newest.step = 201;
    m_chart->addBatches(newest, {{201, 0.1F, 0.9F, 1e-3F, 1.0F}});
    m_chart->flush();
    QCOMPARE(batches(), 201u);
    QCOMPARE(scene().runs[0].curves->epochs.size(), 2u);
}

void TestMetricsChart::waitsWhileHidden()
{
    m_chart->hide();
    Run run(*m_chart, 1);
    run.batches(10, 1);
    m_chart->flush();
    QCOMPARE(batches(), 0u);
    m_chart->show();
    QCOMPARE(batches(), 10u);
}

void TestMetricsChart::redrawsSeldom()
{
    Run run(*m_chart, 1);
    m_chart->flush();
    run.batches(1, 1);
    run.batches(1, 1);
    QCOMPARE(batches(), 0u); // Not in the call that brought them.
    QTRY_COMPARE(batches(), 2u);
}

void TestMetricsChart::axisIsSteady()
{
    Run run(*m_chart, 10);
    QList<double> ends;
    for (int i = 0; i < 60; ++i) {
        run.batches(10, 0.2 + 2.0 * std::exp(-i / 10.0));
        m_chart->flush();
        const double end = scene().yScale.high;
        if (ends.isEmpty() || ends.last() != end) {
            ends.append(end);
        }
    }
    QVERIFY2(ends.size() <= 5, qPrintable(QString::number(ends.size())));
}

void TestMetricsChart::axisFollowsTheEpochs()
{
    Run run(*m_chart, 100);
    run.batches(50, 1);
    m_chart->flush();
    QVERIFY(std::abs(scene().view.right() - 1.02) < 1e-9);
    run.batches(600, 1);
    m_chart->flush();
    QVERIFY(std::abs(scene().view.right() - 8.16) < 1e-9);
    QCOMPARE(scene(Metric::Accuracy).view.right(), scene().view.right());
}

void TestMetricsChart::stepsInsteadOfEpochs()
{
    Run run(*m_chart, 2);
    run.batches(160, 1);
    auto* axis = child<QComboBox>("xAxis");
    axis->setFocus();
    QTest::keyClick(axis, Qt::Key_Down);
    QCOMPARE(int(scene().options.xAxis), int(XAxis::Steps));
    QVERIFY(std::abs(scene().view.right() - 200 * 1.02) < 1e-6);
}

void TestMetricsChart::longRunsAreThinnedOut()
{
    Run run(*m_chart, 10'000);
    for (int i = 0; i < 50; ++i) {
        run.batches(10'000, 0.5);
    }
    m_chart->flush();
    QVERIFY2(batches() <= 200'000 && batches() >= 100'000, qPrintable(QString::number(batches())));
    const auto& kept = scene().runs[0].curves->batches;
    const std::int64_t stride = kept[1].step - kept[0].step;
    QVERIFY(kept.back().step > 500'000 - stride);
    QVERIFY(std::adjacent_find(kept.begin(), kept.end(), [stride](const auto& a, const auto& b) {
                return b.step - a.step != stride;
            }) == kept.end());
}

void TestMetricsChart::overlaysRunsInColoursOfTheirOwn()
{
    addRuns(3);
    QCOMPARE(scene().runs.size(), 3u);
    QCOMPARE(m_chart->runStyle(QStringLiteral("run-2")), 2);
    m_chart->removeRun(QStringLiteral("run-0"));
    m_chart->setRun(QStringLiteral("another"), QStringLiteral("Another"), makeCurves());
    QCOMPARE(m_chart->runStyle(QStringLiteral("another")), 0); // What is free.
    QCOMPARE(m_chart->runStyle(QStringLiteral("run-2")), 2);   // The others stay as they are.
    QCOMPARE(m_chart->runStyle(QStringLiteral("unknown")), -1);
    Run run(*m_chart, 2);
    QCOMPARE(m_chart->runStyle(QStringLiteral("live")), 3);
    m_chart->flush();
    QCOMPARE(scene().runs.back().id, QStringLiteral("live")); // On top.
}

void TestMetricsChart::theRunInProgressKeepsItsOwnCurves()
{
    Run run(*m_chart, 3);
    run.batches(120, 0.5);
    m_chart->setRun(QStringLiteral("live"), QStringLiteral("New name"), makeCurves({1, 100, 0.05, 1, true}));
    m_chart->flush();
    QCOMPARE(batches(), 120u);
    QCOMPARE(scene().runs[0].name, QStringLiteral("New name"));
    m_chart->beginRun(QStringLiteral("next"), QStringLiteral("Next"), 3);
    m_chart->flush();
    QCOMPARE(scene().runs.size(), 2u); // It was asked to be laid over.
}

void TestMetricsChart::legendHidesAndShows()
{
    addRuns(3);
    auto* legend = m_chart->findChild<RunLegend*>();
    QVERIFY(legend->isVisible());
    QSignalSpy changes(m_chart.get(), &MetricsChart::runVisibilityChanged);
    QTest::mouseClick(legend->viewport(), Qt::LeftButton, {},
                      legend->visualItemRect(legend->item(1)).center());
    m_chart->flush();
    QCOMPARE(scene().runs.size(), 2u);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes[0], QVariantList({QStringLiteral("run-1"), false}));
    QCOMPARE(legend->item(1)->checkState(), Qt::Unchecked);

    legend->setFocus();
    legend->setCurrentRow(1);
    QTest::keyClick(legend, Qt::Key_Right);
    QTest::keyClick(legend, Qt::Key_Space);
    m_chart->flush();
    QCOMPARE(scene().runs.size(), 1u);
    const QString usual = scene().emptyText;
    m_chart->setRunVisible(QStringLiteral("run-0"), false);
    m_chart->flush();
    QVERIFY(scene().empty() && scene().emptyText != usual); // Says that they are hidden.
    m_chart->setRunVisible(QStringLiteral("run-0"), true);
    QTest::keyClick(legend, Qt::Key_Space);
    QTest::keyClick(legend, Qt::Key_Left);
    QTest::keyClick(legend, Qt::Key_Return);
    m_chart->flush();
    QCOMPARE(scene().runs.size(), 3u);
    QCOMPARE(m_chart->runStyle(QStringLiteral("run-1")), 1); // The same as before.
}

void TestMetricsChart::legendShowsOneAlone()
{
    addRuns(4);
    auto* legend = m_chart->findChild<RunLegend*>();
    QSignalSpy changes(m_chart.get(), &MetricsChart::runVisibilityChanged);
    Q_EMIT legend->onlyWanted(QStringLiteral("run-2"));
    m_chart->flush();
    QCOMPARE(scene().runs.size(), 1u);
    QCOMPARE(changes.size(), 3);
    Q_EMIT legend->allWanted();
    m_chart->flush();
    QCOMPARE(scene().runs.size(), 4u);
}

void TestMetricsChart::zoomIsSharedByThePlots()
{
    addRuns(2);
    PlotView* loss = m_chart->plot(Metric::Loss);
    const double before = loss->scene().view.width();
    loss->setFocus();
    QTest::keyClick(loss, Qt::Key_Plus);
    QVERIFY(loss->scene().view.width() < before * 0.81);
    QCOMPARE(scene(Metric::Accuracy).view.left(), loss->scene().view.left());
    QCOMPARE(scene(Metric::Accuracy).view.right(), loss->scene().view.right());
    QVERIFY(child<QToolButton>("resetView")->isEnabled());
}

void TestMetricsChart::homeResetsTheView()
{
    addRuns(2);
    PlotView* loss = m_chart->plot(Metric::Loss);
    const QRectF whole = loss->scene().view;
    loss->setFocus();
    QTest::keyClick(loss, Qt::Key_Plus);
    QTest::keyClick(loss, Qt::Key_Up);
    QVERIFY(loss->scene().view != whole);
    QTest::keyClick(loss, Qt::Key_Home);
    QCOMPARE(loss->scene().view, whole);
    QVERIFY(!child<QToolButton>("resetView")->isEnabled());
    QTest::keyClick(loss, Qt::Key_Plus);
    QTest::keyClick(loss, Qt::Key_0);
    QCOMPARE(loss->scene().view, whole);
    QTest::keyClick(loss, Qt::Key_Plus);
    QTest::mouseClick(child<QToolButton>("resetView"), Qt::LeftButton);
    QCOMPARE(loss->scene().view, whole);
}

void TestMetricsChart::followsTheLastPart()
{
    Run run(*m_chart, 100);
    run.batches(1000, 1);
    auto* part = child<QComboBox>("shownPart");
    part->setFocus();
    QTest::keyClick(part, Qt::Key_Down);
    QTest::keyClick(part, Qt::Key_Down);
    QCOMPARE(part->currentData().toDouble(), 0.2);
    QVERIFY(std::abs(scene().view.left() - 8) < 1e-9);
    run.batches(1000, 0.5);
    m_chart->flush();
    QVERIFY(std::abs(scene().view.left() - 16) < 1e-9);
    QVERIFY(scene().view.right() >= 20);
    QVERIFY(scene().view.bottom() < 0.9); // The high losses of the start are out of sight.
}

void TestMetricsChart::zoomEndsAtTheWholeRun()
{
    addRuns(1);
    PlotView* loss = m_chart->plot(Metric::Loss);
    const QRectF whole = loss->scene().view;
    loss->setFocus();
    QTest::keyClick(loss, Qt::Key_Minus);
    QCOMPARE(loss->scene().view, whole);
    for (int i = 0; i < 100; ++i) {
        QTest::keyClick(loss, Qt::Key_Plus);
    }
    QVERIFY(loss->scene().view.width() > 0.01); // Some batches stay in sight.
    for (int i = 0; i < 30; ++i) {
        QTest::keyClick(loss, Qt::Key_Left);
        QTest::keyClick(loss, Qt::Key_Minus);
    }
    QVERIFY(loss->scene().view.left() >= 0);
}

void TestMetricsChart::metricsAreChosenByButtons()
{
    addRuns(1);
    QVERIFY(m_chart->plot(Metric::Loss)->isVisible());
    QVERIFY(m_chart->plot(Metric::Accuracy)->isVisible());
    QVERIFY(!m_chart->plot(Metric::LearningRate)->isVisible());
    QTest::mouseClick(child<QToolButton>("learning_rateButton"), Qt::LeftButton);
    QVERIFY(m_chart->plot(Metric::LearningRate)->isVisible());
    QVERIFY(scene(Metric::LearningRate).yScale.high >= 1e-3);
    auto* norm = child<QToolButton>("gradient_normButton");
    norm->setFocus();
    QTest::keyClick(norm, Qt::Key_Space);
    QVERIFY(m_chart->plot(Metric::GradientNorm)->isVisible());
    const QRect loss = m_chart->plot(Metric::Loss)->geometry();
    for (const Metric metric : {Metric::Accuracy, Metric::LearningRate, Metric::GradientNorm}) {
        const QRect other = m_chart->plot(metric)->geometry();
        QVERIFY(!other.intersects(loss));
        QVERIFY(other.width() * other.height() < loss.width() * loss.height());
    }
}

void TestMetricsChart::theLastMetricStays()
{
    QTest::mouseClick(child<QToolButton>("lossButton"), Qt::LeftButton);
    QTest::mouseClick(child<QToolButton>("accuracyButton"), Qt::LeftButton);
    QVERIFY(child<QToolButton>("accuracyButton")->isChecked());
    QVERIFY(m_chart->plot(Metric::Accuracy)->isVisible());
}

void TestMetricsChart::choicesAreRemembered()
{
    QTest::mouseClick(child<QToolButton>("gradient_normButton"), Qt::LeftButton);
    m_chart->setLogarithmic(true);
    child<QSlider>("smoothing")->setValue(70);
    m_chart.reset();
    m_chart = std::make_unique<MetricsChart>();
    QVERIFY(m_chart->logarithmic());
    QCOMPARE(m_chart->bar()->metrics(), QList({Metric::Loss, Metric::Accuracy, Metric::GradientNorm}));
    QCOMPARE(child<QSlider>("smoothing")->value(), 70);
}

void TestMetricsChart::crosshairInEveryPlot()
{
    addRuns(2);
    PlotView* loss = m_chart->plot(Metric::Loss);
    const QPoint middle = loss->plotArea().center().toPoint();
    QTest::mouseMove(loss, middle);
    QTest::mouseMove(loss, middle + QPoint(1, 0));
    const QString text = loss->crosshairText();
    QVERIFY2(text.contains(QStringLiteral("Run 0")) && text.contains(QStringLiteral("Run 1")),
             qPrintable(text));
    QVERIFY(m_chart->plot(Metric::Accuracy)->crosshairText().isEmpty()); // A line alone.
    const QImage with = m_chart->plot(Metric::Accuracy)->grab().toImage();
    QTest::mouseMove(loss, QPoint(1, 1));
    QVERIFY(loss->crosshairText().isEmpty());
    QVERIFY(m_chart->plot(Metric::Accuracy)->grab().toImage() != with);
}

void TestMetricsChart::describesItselfToScreenReaders()
{
    Run run(*m_chart, 1);
    run.epoch(0.4, 0.9);
    QCOMPARE(m_chart->plot(Metric::Loss)->accessibleDescription(),
             QStringLiteral("After epoch 1: training loss 0.400, validation loss 0.400"));
    QVERIFY(m_chart->plot(Metric::Accuracy)->accessibleDescription().contains(QStringLiteral("90.00")));
    addRuns(1);
    QVERIFY(m_chart->plot(Metric::Loss)->accessibleDescription().contains(QStringLiteral("Run 0. After")));
    QVERIFY(!m_chart->plot(Metric::Loss)->accessibleName().isEmpty());
}

void TestMetricsChart::followsThePalette()
{
    QPalette dark;
    dark.setColor(QPalette::Base, Qt::black);
    dark.setColor(QPalette::Text, Qt::white);
    m_chart->setPalette(dark);
    const QImage picture = m_chart->plot(Metric::Loss)->grab().toImage();
    QCOMPARE(picture.pixelColor(picture.width() - 2, picture.height() / 2), QColor(Qt::black));
    QCOMPARE(scene().colors.text, QColor(Qt::white));
}

void TestMetricsChart::survivesLossesThatAreNoNumbers()
{
    Run run(*m_chart, 2);
    run.batches(10, std::numeric_limits<double>::quiet_NaN());
    run.epoch(std::numeric_limits<double>::infinity(), 0.1);
    for (const bool logarithmic : {false, true}) {
        m_chart->setLogarithmic(logarithmic);
        m_chart->flush();
        QVERIFY(std::isfinite(scene().view.bottom()) && scene().view.height() > 0);
        QVERIFY(!m_chart->grab().isNull());
    }
}

void TestMetricsChart::clearTakesAllAway()
{
    addRuns(2);
    Run run(*m_chart, 2);
    run.batches(10, 1);
    m_chart->clear();
    m_chart->flush();
    QVERIFY(scene().runs.empty());
    QVERIFY(!m_chart->findChild<RunLegend*>()->isVisible());
    run.batches(10, 1); // Of nobody's run now.
    m_chart->flush();
    QVERIFY(scene().runs.empty());
}

void TestMetricsChart::copiesAPicture()
{
    addRuns(2);
    QGuiApplication::clipboard()->clear();
    QSignalSpy messages(m_chart.get(), &MetricsChart::message);
    child<QAction>("copyChart")->trigger();
    QTRY_COMPARE(messages.size(), 1);
    QCOMPARE(messages[0][0].value<Tone>(), Tone::Success);
    QVERIFY(QGuiApplication::clipboard()->image().width() >= 1200);
}

void TestMetricsChart::exportsThroughTheDialog()
{
    addRuns(2);
    const QTemporaryDir folder;
    child<QAction>("exportChart")->trigger();
    auto* dialog = m_chart->findChild<QFileDialog*>(QStringLiteral("exportDialog"));
    QVERIFY(dialog != nullptr);
    QSignalSpy messages(m_chart.get(), &MetricsChart::message);
    const QString path = folder.filePath(QStringLiteral("runs.svg"));
    Q_EMIT dialog->fileSelected(path);
    QTRY_COMPARE(messages.size(), 1);
    QVERIFY(messages[0][1].toString().contains(QStringLiteral("runs.svg")));
    QVERIFY(QFile::exists(path));
    dialog->reject();
}

void TestMetricsChart::saysWhatCouldNotBeWritten()
{
    addRuns(1);
    QSignalSpy messages(m_chart.get(), &MetricsChart::message);
    m_chart->exportTo(QStringLiteral("/nowhere/at/all/runs.png"));
    QTRY_COMPARE(messages.size(), 1);
    QCOMPARE(messages[0][0].value<Tone>(), Tone::Error);
    QVERIFY(messages[0][1].toString().contains(QStringLiteral("choose another folder")));
}

QTEST_MAIN(TestMetricsChart)
#include "tst_metricschart.moc"
