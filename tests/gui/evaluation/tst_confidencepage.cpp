#include "tests/gui/evaluation/sampleevaluation.h"
#include "ui/evaluation/confidencepage.h"
#include "ui/evaluation/thresholdchart.h"

#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QtTest>

using namespace digitpad;

namespace {

struct Fixture
{
    Fixture()
    {
        page.resize(960, 600);
        page.show();
        acceptance = page.findChild<ThresholdChart*>(QStringLiteral("acceptanceChart"));
        reliability = page.findChild<EvaluationChart*>(QStringLiteral("reliabilityChart"));
        confidences = page.findChild<EvaluationChart*>(QStringLiteral("confidenceChart"));
        box = page.findChild<QDoubleSpinBox*>(QStringLiteral("thresholdBox"));
        reset = page.findChild<QPushButton*>(QStringLiteral("resetThreshold"));
        text = page.findChild<QLabel*>(QStringLiteral("thresholdText"));
    }

    ConfidencePage page;
    ThresholdChart* acceptance;
    EvaluationChart* reliability;
    EvaluationChart* confidences;
    QDoubleSpinBox* box;
    QPushButton* reset;
    QLabel* text;
};

} // namespace

class ConfidencePageTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<const DigitSet> m_set = test::sampleSet(400, 60);

private Q_SLOTS:
    void nothingYet()
    {
        Fixture fixture;
        QVERIFY(!fixture.box->isEnabled());
        QVERIFY(!fixture.reset->isEnabled());
        QVERIFY(fixture.acceptance->series().isEmpty());
        QTest::keyClick(fixture.acceptance, Qt::Key_Right);
        QTest::mouseClick(fixture.acceptance, Qt::LeftButton);
        fixture.page.setEvaluation(test::sampleEvaluation(m_set, QStringLiteral("one")));
        QVERIFY(fixture.box->isEnabled());
        fixture.page.setEvaluation({});
        QVERIFY(!fixture.box->isEnabled());
        QVERIFY(fixture.reliability->series().isEmpty());
        QVERIFY(fixture.acceptance->stops().isEmpty());
    }

    void beginsAtTheModelsOwn()
    {
        Fixture fixture;
        const auto evaluation = test::sampleEvaluation(m_set, QStringLiteral("one"));
        fixture.page.setEvaluation(evaluation);
        QCOMPARE(fixture.page.threshold(), evaluation->figures.threshold);
        QCOMPARE(fixture.box->value(), 62.0);
        QVERIFY(!fixture.reset->isEnabled());
        const qint64 away = evaluation->figures.images - evaluation->figures.accepted.digitsAccepted;
        QVERIFY(fixture.text->text().contains(QStringLiteral("Of 400 digits, %1 (").arg(away)));
        QVERIFY(fixture.text->text().contains(QStringLiteral("Of 60 images that are no digit")));
    }

    void movesByMouseKeysAndBox()
    {
        Fixture fixture;
        const auto evaluation = test::sampleEvaluation(m_set, QStringLiteral("one"));
        fixture.page.setEvaluation(evaluation);
        QVERIFY(QTest::qWaitForWindowExposed(&fixture.page));
        const QString own = fixture.text->text();
        const QPoint from = fixture.acceptance->place(0.62, 0.5).toPoint();
        const QPoint to = fixture.acceptance->place(0.9, 0.5).toPoint();
        QTest::mousePress(fixture.acceptance, Qt::LeftButton, {}, from);
        QTest::mouseMove(fixture.acceptance, to);
        QTest::mouseRelease(fixture.acceptance, Qt::LeftButton, {}, to);
        QVERIFY(std::abs(fixture.page.threshold() - 0.9) < 0.01);
        QVERIFY(std::abs(fixture.box->value() - 90) < 1);
        QVERIFY(fixture.text->text() != own);
        QVERIFY(fixture.reset->isEnabled());

        QTest::mouseMove(fixture.acceptance, from); // The button is up.
        QVERIFY(std::abs(fixture.page.threshold() - 0.9) < 0.01);

        QTest::keyClick(fixture.acceptance, Qt::Key_End);
        QCOMPARE(fixture.page.threshold(), 1.0);
        QTest::keyClick(fixture.acceptance, Qt::Key_PageDown);
        QTest::keyClick(fixture.acceptance, Qt::Key_Left);
        QCOMPARE(fixture.page.threshold(), 0.89);
        QTest::keyClick(fixture.acceptance, Qt::Key_Home);
        QCOMPARE(fixture.page.threshold(), 0.0);
        QVERIFY(fixture.text->text().contains(QStringLiteral("Of 400 digits, 0 (")));
        QTest::keyClick(fixture.acceptance, Qt::Key_Left);
        QCOMPARE(fixture.page.threshold(), 0.0);

        fixture.box->setFocus();
        fixture.box->selectAll();
        QTest::keyClicks(fixture.box, QStringLiteral("75"));
        QTest::keyClick(fixture.box, Qt::Key_Return);
        QCOMPARE(fixture.acceptance->threshold(), 0.75);
        QTest::mouseClick(fixture.reset, Qt::LeftButton);
        QCOMPARE(fixture.page.threshold(), evaluation->figures.threshold);
        QCOMPARE(fixture.text->text(), own);
        QVERIFY(!fixture.reset->isEnabled());
    }

    void anotherEvaluationBeginsAnew()
    {
        Fixture fixture;
        fixture.page.setEvaluation(test::sampleEvaluation(m_set, QStringLiteral("one")));
        fixture.box->setValue(10);
        fixture.page.setEvaluation(test::sampleEvaluation(m_set, QStringLiteral("two"), {0.1, 1, false}));
        QCOMPARE(fixture.page.threshold(), 0.5);
        QVERIFY(!fixture.reset->isEnabled());
    }

    void chartsShowTheFigures()
    {
        Fixture fixture;
        const auto evaluation = test::sampleEvaluation(m_set, QStringLiteral("one"));
        fixture.page.setEvaluation(evaluation);
        QCOMPARE(fixture.reliability->series().size(), 3); // Perfect, before, after.
        qint64 bins = 0;
        for (const Reliability::Bin& bin : evaluation->figures.calibrated.bins()) {
            bins += bin.images > 0 ? 1 : 0;
        }
        QCOMPARE(fixture.reliability->series().back().points.size(), bins);
        QVERIFY(!fixture.confidences->stops().isEmpty());
        // Without a temperature there is one curve, and without non-digits no word about them.
        const auto plain =
            test::sampleEvaluation(test::sampleSet(100, 0), QStringLiteral("two"), {0.1, 1, false});
        fixture.page.setEvaluation(plain);
        QCOMPARE(fixture.reliability->series().size(), 2);
        QVERIFY(fixture.text->text().contains(QStringLiteral("All of these images are digits")));
        // And of nothing but non-digits there is no confidence to speak of.
        fixture.page.setEvaluation(test::sampleEvaluation(test::sampleSet(0, 20), QStringLiteral("three")));
        QVERIFY(fixture.reliability->series().isEmpty());
        QVERIFY(fixture.confidences->series().isEmpty());
        QCOMPARE(fixture.acceptance->series().size(), 1);
    }

    void hoverAndKeysTellValues()
    {
        Fixture fixture;
        fixture.page.setEvaluation(test::sampleEvaluation(m_set, QStringLiteral("one")));
        QVERIFY(QTest::qWaitForWindowExposed(&fixture.page));
        QSignalSpy spy(fixture.confidences, &EvaluationChart::currentStopChanged);
        QTest::mouseMove(fixture.confidences, fixture.confidences->place(0.97, 0.5).toPoint());
        QTRY_VERIFY(fixture.confidences->currentStop() >= 0);
        const auto& stop = fixture.confidences->stops()[fixture.confidences->currentStop()];
        QVERIFY2(stop.text.contains(QStringLiteral("read rightly")), qPrintable(stop.text));
        fixture.reliability->setFocus();
        QTest::keyClick(fixture.reliability, Qt::Key_Home);
        QCOMPARE(fixture.reliability->currentStop(), 0);
        QTest::keyClick(fixture.reliability, Qt::Key_Left);
        QCOMPARE(fixture.reliability->currentStop(), 0);
        QTest::keyClick(fixture.reliability, Qt::Key_End);
        QCOMPARE(fixture.reliability->currentStop(), int(fixture.reliability->stops().size()) - 1);
        QVERIFY(!fixture.page.grab().isNull());
    }
};

QTEST_MAIN(ConfidencePageTest)
#include "tst_confidencepage.moc"
