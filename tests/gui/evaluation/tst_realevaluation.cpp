// The round through the tab with the bundled model and MNIST's test images (synthetic digits where MNIST is
// not there), and pictures of it for people to look at.
#include "core/data/mnist.h"
#include "core/data/mydigits.h"
#include "tests/support/longtime.h"
#include "tests/support/screenshots.h"
#include "ui/evaluation/evaluationtab.h"
#include "ui/evaluation/readingspage.h"
#include "ui/gallery/imagegallery.h"

#include <QAbstractButton>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

#include <memory>

using namespace digitpad;

class RealEvaluationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void readsAlmostEverything();
    void pictures_data();
    void pictures();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Recognizer> m_recognizer;
    std::unique_ptr<MyDigits> m_digits;
    std::unique_ptr<EvaluationTab> m_tab;
    bool m_mnist = false;
};

void RealEvaluationTest::initTestCase()
{
    qputenv("DIGITPAD_MODEL", DIGITPAD_SOURCE_DIR "/models/digitpad.pt");
    test::beginScreenshots("tst_realevaluation");
    m_recognizer = std::make_unique<Recognizer>();
    m_digits = std::make_unique<MyDigits>(m_folder.filePath(QStringLiteral("my-digits.jsonl")));
    m_recognizer->start();
    QTRY_COMPARE_WITH_TIMEOUT(m_recognizer->state(), Recognizer::State::Ready, longTime);
    m_tab = std::make_unique<EvaluationTab>(m_recognizer.get(), m_digits.get());
    m_tab->resize(980, 680);
    m_tab->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_tab.get()));
    m_mnist = !findMnist().isEmpty();
    DataSource source;
    source.parts = QStringList{m_mnist ? QStringLiteral("mnist") : QStringLiteral("synthetic")};
    m_tab->setSource(source);
    m_tab->findChild<QAbstractButton*>(QStringLiteral("withNonDigits"))->click();
    QTest::mouseClick(m_tab->findChild<QPushButton*>(QStringLiteral("evaluate")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_tab->shown(), 2 * longTime);
}

void RealEvaluationTest::cleanupTestCase()
{
    m_tab.reset();
    m_digits.reset();
    m_recognizer.reset();
}

void RealEvaluationTest::readsAlmostEverything()
{
    const EvaluationFigures& figures = m_tab->shown()->data->figures;
    QCOMPARE(figures.images, std::int64_t{m_mnist ? 10'000 : 2'000});
    QVERIFY2(figures.accuracy > 0.99, qPrintable(QString::number(figures.accuracy)));
    QVERIFY(figures.noDigits > 0);
    QVERIFY2(figures.acceptance.areaUnderRoc() > 0.9,
             qPrintable(QString::number(figures.acceptance.areaUnderRoc())));
    QCOMPARE(qint64{m_tab->findChild<ReadingsPage*>()->items()->count()}, figures.images - figures.correct);
}

void RealEvaluationTest::pictures_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<bool>("dark");
    for (const char* page : {"Figures", "Confusion", "Images", "Confidence", "Robustness", "Compare"}) {
        QTest::addRow("%s light", page) << QString::fromLatin1(page) << false;
        QTest::addRow("%s dark", page) << QString::fromLatin1(page) << true;
    }
}

void RealEvaluationTest::pictures()
{
    QFETCH(QString, page);
    QFETCH(bool, dark);
    test::useLightOrDark(dark);
    QTest::mouseClick(m_tab->findChild<QAbstractButton*>(QStringLiteral("show") + page), Qt::LeftButton);
    if (page == u"Images") {
        m_tab->findChild<ReadingsPage*>()->gallery()->setCurrent(1);
    }
    test::saveScreenshot(*m_tab, QStringLiteral("evaluation-real-") + page.toLower(), dark);
}

QTEST_MAIN(RealEvaluationTest)
#include "tst_realevaluation.moc"
