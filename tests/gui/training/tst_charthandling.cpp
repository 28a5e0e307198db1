// What a person does with the charts, by mouse and keys: hides runs, zooms, reads values, chooses, exports.
#include "tests/gui/training/chartfixture.h"
#include "ui/training/chartbar.h"
#include "ui/training/runlegend.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QToolButton>

#include <cmath>

using namespace digitpad;
using namespace digitpad::test;

class TestChartHandling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void legendHidesAndShows();
    void legendShowsOneAlone();
    void zoomIsSharedByThePlots();
    void homeResetsTheView();
    void followsTheLastPart();
    void zoomEndsAtTheWholeRun();
    void crosshairInEveryPlot();
    void goesWithTheCrosshairInSight();
    void metricsAreChosenByButtons();
    void theLastMetricStays();
    void choicesAreRemembered();
    void copiesAPicture();
    void exportsThroughTheDialog();
    void saysWhatCouldNotBeWritten();

private:
    std::unique_ptr<ChartFixture> m_fixture;
};

void TestChartHandling::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("digitpad-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_charthandling"));
}

void TestChartHandling::init()
{
    m_fixture = std::make_unique<ChartFixture>();
}

void TestChartHandling::cleanup()
{
    m_fixture.reset();
}

void TestChartHandling::legendHidesAndShows()
{
    m_fixture->addRuns(3);
    auto* legend = m_fixture->chart->findChild<RunLegend*>();
    QVERIFY(legend->isVisible());
    QSignalSpy changes(m_fixture->chart.get(), &MetricsChart::runVisibilityChanged);
    QTest::mouseClick(legend->viewport(), Qt::LeftButton, {},
                      legend->visualItemRect(legend->item(1)).center());
    m_fixture->chart->flush();
    QCOMPARE(m_fixture->scene().runs.size(), 2u);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes[0], QVariantList({QStringLiteral("run-1"), false}));
    QCOMPARE(legend->item(1)->checkState(), Qt::Unchecked);

    legend->setFocus();
    legend->setCurrentRow(1);
    QTest::keyClick(legend, Qt::Key_Right);
    QTest::keyClick(legend, Qt::Key_Space);
    m_fixture->chart->flush();
    QCOMPARE(m_fixture->scene().runs.size(), 1u);
    const QString usual = m_fixture->scene().emptyText;
    m_fixture->chart->setRunVisible(QStringLiteral("run-0"), false);
    m_fixture->chart->flush();
    QVERIFY(m_fixture->scene().empty() &&
            m_fixture->scene().emptyText != usual); // Says that they are hidden.
    m_fixture->chart->setRunVisible(QStringLiteral("run-0"), true);
    QTest::keyClick(legend, Qt::Key_Space);
    QTest::keyClick(legend, Qt::Key_Left);
    QTest::keyClick(legend, Qt::Key_Return);
    m_fixture->chart->flush();
    QCOMPARE(m_fixture->scene().runs.size(), 3u);
    QCOMPARE(m_fixture->chart->runStyle(QStringLiteral("run-1")), 1); // The same as before.
}

void TestChartHandling::legendShowsOneAlone()
{
    m_fixture->addRuns(4);
    auto* legend = m_fixture->chart->findChild<RunLegend*>();
    QSignalSpy changes(m_fixture->chart.get(), &MetricsChart::runVisibilityChanged);
    Q_EMIT legend->onlyWanted(QStringLiteral("run-2"));
    m_fixture->chart->flush();
    QCOMPARE(m_fixture->scene().runs.size(), 1u);
    QCOMPARE(changes.size(), 3);
    Q_EMIT legend->allWanted();
    m_fixture->chart->flush();
    QCOMPARE(m_fixture->scene().runs.size(), 4u);
}

void TestChartHandling::zoomIsSharedByThePlots()
{
    m_fixture->addRuns(2);
    PlotView* loss = m_fixture->chart->plot(Metric::Loss);
    const double before = loss->scene().view.width();
    loss->setFocus();
    QTest::keyClick(loss, Qt::Key_Plus);
    QVERIFY(loss->scene().view.width() < before * 0.81);
    QCOMPARE(m_fixture->scene(Metric::Accuracy).view.left(), loss->scene().view.left());
    QCOMPARE(m_fixture->scene(Metric::Accuracy).view.right(), loss->scene().view.right());
    QVERIFY(m_fixture->child<QToolButton>("resetView")->isEnabled());
}

void TestChartHandling::homeResetsTheView()
{
    m_fixture->addRuns(2);
    PlotView* loss = m_fixture->chart->plot(Metric::Loss);
    const QRectF whole = loss->scene().view;
    loss->setFocus();
    QTest::keyClick(loss, Qt::Key_Plus);
    QTest::keyClick(loss, Qt::Key_Up);
    QVERIFY(loss->scene().view != whole);
    QTest::keyClick(loss, Qt::Key_Home);
    QCOMPARE(loss->scene().view, whole);
    QVERIFY(!m_fixture->child<QToolButton>("resetView")->isEnabled());
    QTest::keyClick(loss, Qt::Key_Plus);
    QTest::keyClick(loss, Qt::Key_0);
    QCOMPARE(loss->scene().view, whole);
    QTest::keyClick(loss, Qt::Key_Plus);
    QTest::mouseClick(m_fixture->child<QToolButton>("resetView"), Qt::LeftButton);
    QCOMPARE(loss->scene().view, whole);
}

void TestChartHandling::followsTheLastPart()
{
    LiveRun run(*m_fixture->chart, 100);
    run.batches(1000, 1);
    auto* part = m_fixture->child<QComboBox>("shownPart");
    part->setFocus();
    QTest::keyClick(part, Qt::Key_Down);
    QTest::keyClick(part, Qt::Key_Down);
    QCOMPARE(part->currentData().toDouble(), 0.2);
    QVERIFY(std::abs(m_fixture->scene().view.left() - 8) < 1e-9);
    run.batches(1000, 0.5);
    m_fixture->chart->flush();
    QVERIFY(std::abs(m_fixture->scene().view.left() - 16) < 1e-9);
    QVERIFY(m_fixture->scene().view.right() >= 20);
    QVERIFY(m_fixture->scene().view.bottom() < 0.9); // The high losses of the start are out of sight.
}

void TestChartHandling::zoomEndsAtTheWholeRun()
{
    m_fixture->addRuns(1);
    PlotView* loss = m_fixture->chart->plot(Metric::Loss);
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

void TestChartHandling::crosshairInEveryPlot()
{
    m_fixture->addRuns(2);
    PlotView* loss = m_fixture->chart->plot(Metric::Loss);
    const QPoint middle = loss->plotArea().center().toPoint();
    QTest::mouseMove(loss, middle);
    QTest::mouseMove(loss, middle + QPoint(1, 0));
    const QString text = loss->crosshairText();
    QVERIFY2(text.contains(QStringLiteral("Run 0")) && text.contains(QStringLiteral("Run 1")),
             qPrintable(text));
    QVERIFY(m_fixture->chart->plot(Metric::Accuracy)->crosshairText().isEmpty()); // A line alone.
    const QImage with = m_fixture->chart->plot(Metric::Accuracy)->grab().toImage();
    QTest::mouseMove(loss, QPoint(1, 1));
    QVERIFY(loss->crosshairText().isEmpty());
    QVERIFY(m_fixture->chart->plot(Metric::Accuracy)->grab().toImage() != with);
}

/// As where the program is closed while somebody looks at a value.
void TestChartHandling::goesWithTheCrosshairInSight()
{
    m_fixture->addRuns(1);
    PlotView* loss = m_fixture->chart->plot(Metric::Loss);
    m_fixture->chart->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_fixture->chart.get()));
    loss->setFocus();
    QTest::keyClick(loss, Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(!loss->crosshairText().isEmpty() && loss->hasFocus());
    m_fixture->chart.reset();
}

void TestChartHandling::metricsAreChosenByButtons()
{
    m_fixture->addRuns(1);
    QVERIFY(m_fixture->chart->plot(Metric::Loss)->isVisible());
    QVERIFY(m_fixture->chart->plot(Metric::Accuracy)->isVisible());
    QVERIFY(!m_fixture->chart->plot(Metric::LearningRate)->isVisible());
    QTest::mouseClick(m_fixture->child<QToolButton>("learning_rateButton"), Qt::LeftButton);
    QVERIFY(m_fixture->chart->plot(Metric::LearningRate)->isVisible());
    QVERIFY(m_fixture->scene(Metric::LearningRate).yScale.high >= 1e-3);
    auto* norm = m_fixture->child<QToolButton>("gradient_normButton");
    norm->setFocus();
    QTest::keyClick(norm, Qt::Key_Space);
    QVERIFY(m_fixture->chart->plot(Metric::GradientNorm)->isVisible());
    const QRect loss = m_fixture->chart->plot(Metric::Loss)->geometry();
    for (const Metric metric : {Metric::Accuracy, Metric::LearningRate, Metric::GradientNorm}) {
        const QRect other = m_fixture->chart->plot(metric)->geometry();
        QVERIFY(!other.intersects(loss));
        QVERIFY(other.width() * other.height() < loss.width() * loss.height());
    }
}

void TestChartHandling::theLastMetricStays()
{
    QTest::mouseClick(m_fixture->child<QToolButton>("lossButton"), Qt::LeftButton);
    QTest::mouseClick(m_fixture->child<QToolButton>("accuracyButton"), Qt::LeftButton);
    QVERIFY(m_fixture->child<QToolButton>("accuracyButton")->isChecked());
    QVERIFY(m_fixture->chart->plot(Metric::Accuracy)->isVisible());
}

void TestChartHandling::choicesAreRemembered()
{
    QTest::mouseClick(m_fixture->child<QToolButton>("gradient_normButton"), Qt::LeftButton);
    m_fixture->chart->setLogarithmic(true);
    m_fixture->child<QSlider>("smoothing")->setValue(70);
    m_fixture->show();
    QVERIFY(m_fixture->chart->logarithmic());
    QCOMPARE(m_fixture->chart->bar()->metrics(),
             QList({Metric::Loss, Metric::Accuracy, Metric::GradientNorm}));
    QCOMPARE(m_fixture->child<QSlider>("smoothing")->value(), 70);
}

void TestChartHandling::copiesAPicture()
{
    m_fixture->addRuns(2);
    QGuiApplication::clipboard()->clear();
    QSignalSpy messages(m_fixture->chart.get(), &MetricsChart::message);
    m_fixture->child<QAction>("copyChart")->trigger();
    QTRY_COMPARE(messages.size(), 1);
    QCOMPARE(messages[0][0].value<Tone>(), Tone::Success);
    QVERIFY(QGuiApplication::clipboard()->image().width() >= 1200);
}

void TestChartHandling::exportsThroughTheDialog()
{
    m_fixture->addRuns(2);
    const QTemporaryDir folder;
    m_fixture->child<QAction>("exportChart")->trigger();
    auto* dialog = m_fixture->chart->findChild<QFileDialog*>(QStringLiteral("exportDialog"));
    QVERIFY(dialog != nullptr);
    QSignalSpy messages(m_fixture->chart.get(), &MetricsChart::message);
    const QString path = folder.filePath(QStringLiteral("runs.svg"));
    Q_EMIT dialog->fileSelected(path);
    QTRY_COMPARE(messages.size(), 1);
    QVERIFY(messages[0][1].toString().contains(QStringLiteral("runs.svg")));
    QVERIFY(QFile::exists(path));
    dialog->reject();
}

void TestChartHandling::saysWhatCouldNotBeWritten()
{
    m_fixture->addRuns(1);
    QSignalSpy messages(m_fixture->chart.get(), &MetricsChart::message);
    m_fixture->chart->exportTo(QStringLiteral("/nowhere/at/all/runs.png"));
    QTRY_COMPARE(messages.size(), 1);
    QCOMPARE(messages[0][0].value<Tone>(), Tone::Error);
    QVERIFY(messages[0][1].toString().contains(QStringLiteral("choose another folder")));
}

QTEST_MAIN(TestChartHandling)
#include "tst_charthandling.moc"
