// Writes a picture of each state of the Training tab for people to look at, in light and dark.
#include "tests/gui/training/tabfixture.h"
#include "tests/support/screenshots.h"
#include "ui/training/metricschart.h"
#include "ui/training/plotview.h"
#include "ui/training/runsmodel.h"
#include "ui/training/trainingform.h"

#include <QApplication>
#include <QDir>
#include <QProgressBar>
#include <QSpinBox>
#include <QTabWidget>

using namespace digitpad;

class TestTrainingScreenshots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyState_data();
    void everyState();

private:
    void reach(const QString& state);
    void showSixRuns();
    void writePicture(const QString& state, bool dark);

    std::unique_ptr<TabFixture> m_fixture;
};

void TestTrainingScreenshots::initTestCase()
{
    test::beginScreenshots("tst_trainingscreenshots");
}

void TestTrainingScreenshots::everyState_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<bool>("dark");
    for (const char* state : {"idle",         "mnist-missing", "mnist-found",  "refused",   "engine-loading",
                              "loading-data", "running",       "stopping",     "finished",  "logarithmic",
                              "one-epoch",    "failed",        "small-window", "own-files", "no-digits",
                              "paused",       "full-disk",     "diverged",     "six-runs",  "interrupted"}) {
        QTest::addRow("%s light", state) << QString::fromLatin1(state) << false;
        QTest::addRow("%s dark", state) << QString::fromLatin1(state) << true;
    }
}

void TestTrainingScreenshots::everyState()
{
    QFETCH(QString, state);
    QFETCH(bool, dark);
    test::useLightOrDark(dark);
    m_fixture = std::make_unique<TabFixture>();
    reach(state);
    writePicture(state, dark);
    m_fixture->engine.release();
    m_fixture.reset();
}

void TestTrainingScreenshots::reach(const QString& state)
{
    QSettings settings;
    settings.setValue(QStringLiteral("training/syntheticCount"), 6000);
    settings.setValue(QStringLiteral("training/batchSize"), 64);
    settings.setValue(QStringLiteral("training/epochs"), state == u"one-epoch" ? 1 : 10);
    if (state.startsWith(u"mnist")) {
        settings.setValue(QStringLiteral("training/data"), QStringLiteral("mnist"));
        QDir::setCurrent(state == u"mnist-missing" ? QDir::rootPath() : QStringLiteral(DIGITPAD_SOURCE_DIR));
    }
    if (state == u"own-files") {
        settings.setValue(QStringLiteral("training/data"), QStringLiteral("own"));
        settings.setValue(QStringLiteral("training/network"), QStringLiteral("mlp-dropout"));
    }
    if (state == u"no-digits") {
        settings.setValue(QStringLiteral("training/noDigits"), true);
        settings.setValue(QStringLiteral("training/vary"), true);
    }
    m_fixture->engine.engineInfo.slowBlas = state == u"idle";
    m_fixture->show();
    if (state == u"engine-loading") {
        return;
    }
    m_fixture->giveEngine();
    if (state == u"small-window") {
        m_fixture->window->resize(1024, 700);
    }
    if (state == u"mnist-missing" || state == u"refused") {
        settings.setValue(QStringLiteral("training/learningRate"), 0.05);
        if (state == u"refused") {
            TrainingOptions impossible;
            impossible.learningRate = 20;
            impossible.batchSize = 50'000;
            m_fixture->window->findChild<TrainingForm*>()->setOptions(impossible);
        }
        m_fixture->press("start");
    }
    if (state == u"running" || state == u"stopping") {
        m_fixture->startAndHoldAt(85 * 4 + 50);
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->child<QProgressBar>("progress")->value() > 0, longTime);
        if (state == u"stopping") {
            m_fixture->press("stop");
        }
    }
    if (state == u"loading-data") {
        m_fixture->child<QSpinBox>("syntheticCount")->setValue(1'000'000);
        m_fixture->press("start");
    }
    if (state == u"failed") {
        m_fixture->engine.failure =
            Error{ErrorCode::Internal, "The GPU's memory is full; choose a smaller batch and start again."};
        m_fixture->completeRun();
    }
    if (state == u"finished" || state == u"logarithmic" || state == u"one-epoch" ||
        state == u"small-window") {
        m_fixture->completeRun();
        m_fixture->window->findChild<MetricsChart*>()->setLogarithmic(state == u"logarithmic");
    }
    if (state == u"paused" || state == u"interrupted") {
        m_fixture->startAndPauseAt(85 * 4 + 50);
    }
    if (state == u"interrupted") {
        m_fixture->restart();
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->messages()->isVisible(), longTime);
        m_fixture->child<QTabWidget>("lowerTabs")->setCurrentIndex(1);
    }
    if (state == u"full-disk") {
        m_fixture->engine.fullDisk = 1;
        m_fixture->press("start");
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->messages()->isVisible(), longTime);
    }
    if (state == u"diverged") {
        m_fixture->engine.divergesIn = 6;
        m_fixture->completeRun();
    }
    if (state == u"six-runs") {
        showSixRuns();
    }
}

/// Laid over each other, and in the list.
void TestTrainingScreenshots::showSixRuns()
{
    auto* runs = m_fixture->window->findChild<RunsModel*>();
    for (int run = 1; run <= 6; ++run) {
        m_fixture->engine.lossScale = 1 + 0.25 * ((run * 5) % 7);
        m_fixture->engine.testAccuracy = 0.9742 - 0.003 * ((run * 5) % 7);
        m_fixture->completeRun();
        QTRY_COMPARE_WITH_TIMEOUT(runs->rowCount(), run, longTime);
    }
    QStringList folders;
    for (int row = 0; row < runs->rowCount(); ++row) {
        folders += runs->runAt(row)->folder;
    }
    runs->setShownRuns(folders);
    m_fixture->child<QTabWidget>("lowerTabs")->setCurrentIndex(1);
    auto* charts = m_fixture->window->findChild<MetricsChart*>();
    QTRY_VERIFY_WITH_TIMEOUT((charts->flush(), charts->plot(Metric::Loss)->scene().runs.size() == 6),
                             longTime);
}

void TestTrainingScreenshots::writePicture(const QString& state, bool dark)
{
    auto* charts = m_fixture->window->findChild<MetricsChart*>();
    charts->flush();
    m_fixture->window->grab(); // Plots are painted beside the window's thread.
    QTRY_VERIFY_WITH_TIMEOUT(
        charts->plot(Metric::Loss)->settled() && charts->plot(Metric::Accuracy)->settled(), longTime);
    test::saveScreenshot(*m_fixture->window, QStringLiteral("training-") + state, dark);
    // Nothing of the form may be cut off at its side.
    const auto* form = m_fixture->window->findChild<TrainingForm*>();
    QVERIFY(form->width() >= form->minimumSizeHint().width());
}

QTEST_MAIN(TestTrainingScreenshots)
#include "tst_trainingscreenshots.moc"
