// Writes pictures of the pages about confidence, robustness and comparison into the build folder, in light
// and dark palettes; another registration in CTest does the same at twice the scale. A person looks at them;
// the test makes sure that there is something to look at.
#include "tests/gui/evaluation/gatedmodel.h"
#include "tests/gui/evaluation/sampleevaluation.h"
#include "tests/support/screenshots.h"
#include "ui/evaluation/comparisonpage.h"
#include "ui/evaluation/confidencepage.h"
#include "ui/evaluation/evaluationchart.h"
#include "ui/evaluation/robustnesspage.h"
#include "ui/gallery/imagegallery.h"

#include <QDoubleSpinBox>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <QtTest>

using namespace digitpad;

class EvaluationPageShots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::beginScreenshots("tst_evaluationpageshots"); }
    void shots_data();
    void shots();

private:
    QWidget* confidencePage(const QString& state) const;
    QWidget* robustnessPage(const QString& state);
    QWidget* comparisonPage(const QString& state) const;

    std::shared_ptr<const DigitSet> m_set = test::sampleSet(2000, 200);
    std::shared_ptr<const EvaluationData> m_usual =
        test::sampleEvaluation(m_set, QStringLiteral("Bundled model"), {0.03, 0.8, true, 1});
    std::shared_ptr<test::GatedModel> m_closed = std::make_shared<test::GatedModel>(false);
};

void EvaluationPageShots::shots_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<bool>("dark");
    for (const char* page :
         {"confidence", "confidenceempty", "confidencemoved", "robustness", "robustnessempty",
          "robustnessbusy", "robustnessfailed", "comparison", "comparisonalone", "comparisonempty",
          "comparisonmany", "narrowconfidence", "narrowrobustness", "narrowcomparison"}) {
        for (const bool dark : {false, true}) {
            QTest::addRow("%s, %s", page, dark ? "dark" : "light") << QString::fromLatin1(page) << dark;
        }
    }
}

QWidget* EvaluationPageShots::confidencePage(const QString& state) const
{
    auto* page = new ConfidencePage;
    if (state == u"empty") {
        return page;
    }
    page->setEvaluation(m_usual);
    if (state == u"moved") {
        page->findChild<QDoubleSpinBox*>(QStringLiteral("thresholdBox"))->setValue(88);
    }
    return page;
}

QWidget* EvaluationPageShots::robustnessPage(const QString& state)
{
    auto* page = new RobustnessPage;
    if (state == u"empty") {
        page->setModel(m_closed, m_usual);
    } else if (state == u"busy") {
        page->setModel(m_closed, m_usual);
        page->findChild<QPushButton*>(QStringLiteral("measureRobustness"))->click();
        page->findChild<QProgressBar*>()->setValue(370);
    } else if (state == u"failed") {
        page->setModel(std::make_shared<test::GatedModel>(true),
                       test::sampleEvaluation(test::sampleSet(0, 40), QStringLiteral("letters")));
        page->findChild<QPushButton*>(QStringLiteral("measureRobustness"))->click();
    } else {
        auto evaluation = std::make_shared<EvaluationData>(*m_usual);
        evaluation->robustness = test::sampleCurves();
        page->setModel(m_closed, evaluation);
    }
    return page;
}

QWidget* EvaluationPageShots::comparisonPage(const QString& state) const
{
    auto* page = new ComparisonPage;
    const auto other =
        test::sampleEvaluation(m_set, QStringLiteral("wide-cnn, run 12 (best)"), {0.05, 1.2, true, 5});
    if (state == u"alone") {
        page->setEvaluations({m_usual});
    } else if (state == u"many") {
        page->setEvaluations(
            {m_usual, other, test::sampleEvaluation(m_set, QStringLiteral("mlp"), {0.12, 1, false, 6}),
             test::sampleEvaluation(test::sampleSet(60, 0), QStringLiteral("Bundled model")),
             test::sampleEvaluation(m_set, QStringLiteral("lenet.pt"), {0.031, 1, false, 7})});
    } else if (state != u"empty") {
        page->setEvaluations({m_usual, other});
    }
    return page;
}

void EvaluationPageShots::shots()
{
    QFETCH(QString, page);
    QFETCH(bool, dark);
    test::useLightOrDark(dark);
    const bool narrow = page.startsWith(u"narrow");
    const QString name = narrow ? page.mid(6) : page;
    QWidget window;
    window.resize(narrow ? QSize(740, 440) : QSize(960, 560)); // What the tab leaves for a page.
    auto* layout = new QVBoxLayout(&window);
    layout->addWidget(name.startsWith(u"confidence")   ? confidencePage(name.mid(10))
                      : name.startsWith(u"robustness") ? robustnessPage(name.mid(10))
                                                       : comparisonPage(name.mid(10)));
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    if (auto* gallery = window.findChild<ImageGallery*>(); gallery != nullptr && gallery->isVisible()) {
        gallery->setCurrent(2);
    }
    for (const char* hovered : {"confidenceChart", "rotationChart"}) {
        auto* chart = window.findChild<EvaluationChart*>(QLatin1String(hovered));
        if (chart != nullptr && !chart->stops().isEmpty()) {
            chart->setFocus();
            QTest::keyClick(chart, Qt::Key_End);
            QTest::keyClick(chart, Qt::Key_Left);
        }
    }
    if (name == u"robustnessfailed") {
        QTRY_VERIFY(!window.findChild<RobustnessPage*>()->measuring());
    }
    test::saveScreenshot(window, QStringLiteral("evaluation-") + page, dark);
    m_closed->open(); // What measures can end.
    m_closed = std::make_shared<test::GatedModel>(false);
}

QTEST_MAIN(EvaluationPageShots)
#include "tst_evaluationpageshots.moc"
