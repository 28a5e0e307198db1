// Writes pictures of the list of runs for people to look at, in light and dark.
#include "tests/gui/training/runspanelfixture.h"
#include "tests/support/screenshots.h"
#include "ui/training/comparedialog.h"

#include <QApplication>

using namespace digitpad;
using namespace digitpad::test;

class TestRunScreenshots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void everyState_data();
    void everyState();

private:
    std::unique_ptr<RunsPanelFixture> m_fixture;
};

void TestRunScreenshots::initTestCase()
{
    beginScreenshots("tst_runscreenshots");
}

void TestRunScreenshots::init()
{
    m_fixture = std::make_unique<RunsPanelFixture>();
}

void TestRunScreenshots::cleanup()
{
    m_fixture.reset();
}

void TestRunScreenshots::everyState_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<bool>("dark");
    for (const char* state : {"several", "narrow", "empty", "compare"}) {
        QTest::addRow("%s light", state) << QString::fromLatin1(state) << false;
        QTest::addRow("%s dark", state) << QString::fromLatin1(state) << true;
    }
}

void TestRunScreenshots::everyState()
{
    QFETCH(QString, state);
    QFETCH(bool, dark);
    useLightOrDark(dark);
    if (state != u"empty") {
        m_fixture->runs = severalRuns(m_fixture->path());
        damage(m_fixture->runs[QStringLiteral("Wide")]);
        QVERIFY(setRunTexts(m_fixture->runs[QStringLiteral("Tiny one")], QStringLiteral("Tiny one"),
                            QStringLiteral("fewest weights so far"))
                    .ok());
    }
    m_fixture->show();
    m_fixture->panel->resize(state == u"narrow" ? 640 : 1000, 240);
    QWidget* picture = m_fixture->panel.get();
    if (state != u"empty") {
        m_fixture->panel->model()->setShownRuns(
            {m_fixture->runs[QStringLiteral("Baseline 1")], m_fixture->runs[QStringLiteral("Tiny one")]});
        m_fixture->panel->model()->setRunStyle(m_fixture->runs[QStringLiteral("Baseline 1")], 0);
        m_fixture->panel->model()->setRunStyle(m_fixture->runs[QStringLiteral("Tiny one")], 1);
        m_fixture->clickCell(1, RunsModel::State);
    }
    if (state == u"compare") {
        m_fixture->clickCell(2, RunsModel::State, Qt::ControlModifier);
        m_fixture->press("compareRuns");
        picture = m_fixture->panel->findChild<CompareDialog*>();
    }
    saveScreenshot(*picture, QStringLiteral("runs-") + state, dark);
}

QTEST_MAIN(TestRunScreenshots)
#include "tst_runscreenshots.moc"
