#include "tests/gui/evaluation/gatedmodel.h"
#include "tests/gui/evaluation/sampleevaluation.h"
#include "tests/support/longtime.h"
#include "ui/evaluation/distortionstrip.h"
#include "ui/evaluation/evaluationchart.h"
#include "ui/evaluation/robustnesspage.h"
#include "ui/widgets/messagebar.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QtTest>

using namespace digitpad;
using test::GatedModel;

namespace {

struct Fixture
{
    Fixture()
    {
        page.resize(960, 600);
        page.show();
        measure = page.findChild<QPushButton*>(QStringLiteral("measureRobustness"));
        cancel = page.findChild<QPushButton*>(QStringLiteral("cancelRobustness"));
        shift = page.findChild<EvaluationChart*>(QStringLiteral("shiftChart"));
        message = page.findChild<MessageBar*>();
    }

    RobustnessPage page;
    QPushButton* measure;
    QPushButton* cancel;
    EvaluationChart* shift;
    MessageBar* message;
};

} // namespace

class RobustnessPageTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<const EvaluationData> m_evaluation =
        test::sampleEvaluation(test::sampleSet(20, 5), QStringLiteral("one"));

private Q_SLOTS:
    void nothingYet()
    {
        Fixture fixture;
        QVERIFY(!fixture.measure->isEnabled());
        QVERIFY(!fixture.cancel->isVisible());
        QVERIFY(!fixture.page.measuring());
    }

    void measuresWhenAsked()
    {
        Fixture fixture;
        QSignalSpy spy(&fixture.page, &RobustnessPage::measured);
        fixture.page.setModel(std::make_shared<GatedModel>(true), m_evaluation);
        QVERIFY(fixture.shift->series().isEmpty());
        QVERIFY(fixture.measure->isEnabled());
        QTest::mouseClick(fixture.measure, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(spy.size(), 1, longTime);
        const auto curves = spy[0][0].value<std::vector<RobustnessCurve>>();
        QCOMPARE(curves.size(), distortions().size());
        QCOMPARE(curves[0].points[0].images, 20);
        QCOMPARE(curves[0].points[0].accuracy, 0.1); // The sevens.
        QVERIFY(!fixture.page.measuring());
        QVERIFY(fixture.measure->isVisible() && !fixture.cancel->isVisible());
        QCOMPARE(fixture.shift->series().front().points.size(), qsizetype(curves[0].points.size()));
        // The evaluation comes back without the curves: they stay.
        fixture.page.setModel({}, {});
        QVERIFY(fixture.shift->series().isEmpty());
    }

    void cancels()
    {
        Fixture fixture;
        QSignalSpy spy(&fixture.page, &RobustnessPage::measured);
        QVERIFY(QTest::qWaitForWindowActive(&fixture.page));
        const auto model = std::make_shared<GatedModel>(false);
        fixture.page.setModel(model, m_evaluation);
        QTest::mouseClick(fixture.measure, Qt::LeftButton);
        QVERIFY(fixture.page.measuring());
        QVERIFY(fixture.cancel->isVisible() && !fixture.measure->isVisible());
        QVERIFY(fixture.cancel->hasFocus());
        QTRY_COMPARE_WITH_TIMEOUT(model->batches.load(), 1, longTime);
        QTest::keyClick(fixture.cancel, Qt::Key_Space);
        QVERIFY(!fixture.page.measuring()); // At once, whatever the model still does.
        QVERIFY(fixture.measure->isVisible());
        model->open();
        // Again, and this time to the end.
        QTest::mouseClick(fixture.measure, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(spy.size(), 1, longTime);
        QCOMPARE(spy.size(), 1);
    }

    void anotherModelEndsIt()
    {
        Fixture fixture;
        QSignalSpy spy(&fixture.page, &RobustnessPage::measured);
        const auto model = std::make_shared<GatedModel>(false);
        fixture.page.setModel(model, m_evaluation);
        QTest::mouseClick(fixture.measure, Qt::LeftButton);
        // The same once more, with a newer evaluation object of the same set: it goes on.
        fixture.page.setModel(model, std::make_shared<const EvaluationData>(*m_evaluation));
        QVERIFY(fixture.page.measuring());
        fixture.page.setModel(std::make_shared<GatedModel>(true), m_evaluation);
        QVERIFY(!fixture.page.measuring());
        model->open();
        QTest::mouseClick(fixture.measure, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(spy.size(), 1, longTime);
    }

    void closesWhileMeasuring()
    {
        const auto model = std::make_shared<GatedModel>(true);
        auto fixture = std::make_unique<Fixture>();
        fixture->page.setModel(model, m_evaluation);
        QTest::mouseClick(fixture->measure, Qt::LeftButton);
        fixture.reset(); // Waits for a batch, and no more.
        QVERIFY(model->batches < 41);
    }

    void saysWhatWentWrong()
    {
        Fixture fixture;
        const auto model = std::make_shared<GatedModel>(true);
        model->fails = true;
        fixture.page.setModel(model, m_evaluation);
        QTest::mouseClick(fixture.measure, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.message->isVisible(), longTime);
        QVERIFY(fixture.message->text().contains(QStringLiteral("could not read")));
        QVERIFY(fixture.measure->isEnabled());
        model->fails = false;
        QSignalSpy spy(&fixture.page, &RobustnessPage::measured);
        Q_EMIT fixture.message->actionTriggered();
        QTRY_COMPARE_WITH_TIMEOUT(spy.size(), 1, longTime);
        QVERIFY(!fixture.message->isVisible());
        // No digits at all.
        fixture.page.setModel(model, test::sampleEvaluation(test::sampleSet(0, 5), QStringLiteral("none")));
        QTest::mouseClick(fixture.measure, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.message->isVisible(), longTime);
        QVERIFY(fixture.message->text().contains(QStringLiteral("no digits to measure with")));
    }

    void showsTheCurvesOfAnEvaluation()
    {
        Fixture fixture;
        auto evaluation = std::make_shared<EvaluationData>(*m_evaluation);
        evaluation->robustness = test::sampleCurves();
        fixture.page.setModel(std::make_shared<GatedModel>(true), evaluation);
        QVERIFY(QTest::qWaitForWindowExposed(&fixture.page));
        QCOMPARE(fixture.shift->stops().size(), 7);
        const QString summary = fixture.page.findChild<QLabel*>(QStringLiteral("robustnessSummary"))->text();
        QVERIFY2(summary.contains(QStringLiteral("Shift: 0 to 1 pixels")), qPrintable(summary));
        auto* strip = fixture.page.findChild<DistortionStrip*>(QStringLiteral("shiftStrip"));
        for (int level = 0; level < 7; ++level) {
            // Each beneath its dot, none over another.
            const double dot =
                fixture.shift->place(distortionLevels(Distortion::Shift)[size_t(level)], 0).x();
            QVERIFY(std::abs(strip->cellRect(level).center().x() - dot) <= 1.5);
            QVERIFY(level == 0 || !strip->cellRect(level).intersects(strip->cellRect(level - 1)));
        }
        QTest::mouseMove(fixture.shift, fixture.shift->place(3, 0.5).toPoint());
        QTRY_COMPARE(fixture.shift->currentStop(), 3);
        QVERIFY(fixture.shift->stops()[3].text.contains(QStringLiteral("right")));
        const QImage before = strip->grab().toImage();
        QTest::mouseClick(fixture.page.findChild<QPushButton*>(QStringLiteral("otherDigit")), Qt::LeftButton);
        QVERIFY(strip->grab().toImage() != before);
    }
};

QTEST_MAIN(RobustnessPageTest)
#include "tst_robustnesspage.moc"
