// Writes a picture of each state of the Training tab for people to look at, in light and dark.
#include "tests/gui/training/tabfixture.h"
#include "ui/training/metricschart.h"
#include "ui/training/trainingform.h"

#include <QApplication>
#include <QDir>
#include <QPixmap>
#include <QProgressBar>
#include <QSpinBox>
#include <QStyleFactory>

using namespace digitpad;

namespace {

QPalette darkPalette()
{
    QPalette palette(QColor(0x2b, 0x2b, 0x2e));
    palette.setColor(QPalette::Base, QColor(0x1e, 0x1e, 0x20));
    palette.setColor(QPalette::AlternateBase, QColor(0x26, 0x26, 0x29));
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        palette.setColor(role, QColor(0xee, 0xee, 0xee));
        palette.setColor(QPalette::Disabled, role, QColor(0x80, 0x80, 0x84));
    }
    palette.setColor(QPalette::PlaceholderText, QColor(0xa0, 0xa0, 0xa4));
    palette.setColor(QPalette::Highlight, QColor(0x3d, 0x7e, 0xc4));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    return palette;
}

} // namespace

class TestTrainingScreenshots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyState_data();
    void everyState();

private:
    void reach(const QString& state);
    void writePicture(const QString& name);

    std::unique_ptr<TabFixture> m_fixture;
};

void TestTrainingScreenshots::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("digitpad-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_trainingscreenshots"));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
}

void TestTrainingScreenshots::everyState_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<bool>("dark");
    for (const char* state : {"idle", "mnist-missing", "mnist-found", "refused", "engine-loading",
                              "loading-data", "running", "stopping", "finished", "logarithmic", "one-epoch",
                              "failed", "small-window", "own-files", "no-digits"}) {
        QTest::addRow("%s light", state) << QString::fromLatin1(state) << false;
        QTest::addRow("%s dark", state) << QString::fromLatin1(state) << true;
    }
}

void TestTrainingScreenshots::everyState()
{
    QFETCH(QString, state);
    QFETCH(bool, dark);
    QApplication::setPalette(dark ? darkPalette() : QPalette(QColor(0xef, 0xef, 0xef)));
    m_fixture = std::make_unique<TabFixture>();
    reach(state);
    writePicture(
        QStringLiteral("training-%1-%2").arg(state, dark ? QStringLiteral("dark") : QStringLiteral("light")));
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
        m_fixture->window->resize(800, 500);
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
        QTRY_VERIFY(m_fixture->child<QProgressBar>("progress")->value() > 0);
        if (state == u"stopping") {
            m_fixture->press("stop");
        }
    }
    if (state == u"loading-data") {
        m_fixture->child<QSpinBox>("syntheticCount")->setValue(1'000'000);
        m_fixture->press("start");
    }
    if (state == u"failed") {
        m_fixture->engine.failure = Error{
            ErrorCode::Internal, "The loss grew without bounds in epoch 1; choose a lower learning rate."};
        m_fixture->completeRun();
    }
    if (state == u"finished" || state == u"logarithmic" || state == u"one-epoch" ||
        state == u"small-window") {
        m_fixture->completeRun();
        m_fixture->window->findChild<MetricsChart*>()->setLogarithmic(state == u"logarithmic");
    }
}

void TestTrainingScreenshots::writePicture(const QString& name)
{
    m_fixture->window->findChild<MetricsChart*>()->flush();
    QCoreApplication::processEvents();
    const QPixmap picture = m_fixture->window->grab();
    const QDir folder(QStringLiteral(DIGITPAD_BINARY_DIR "/screenshots"));
    QVERIFY(folder.mkpath(QStringLiteral(".")));
    const QString scale = picture.devicePixelRatio() > 1 ? QStringLiteral("@2x") : QString();
    QVERIFY(picture.save(folder.filePath(name + scale + QStringLiteral(".png"))));
    // Nothing of the form may be cut off at its side.
    const auto* form = m_fixture->window->findChild<TrainingForm*>();
    QVERIFY(form->width() >= form->minimumSizeHint().width());
}

QTEST_MAIN(TestTrainingScreenshots)
#include "tst_trainingscreenshots.moc"
