#include "core/learning/runfolder.h"
#include "tests/gui/evaluation/evaluationtabfixture.h"
#include "ui/data/sourcebar.h"
#include "ui/evaluation/comparisonpage.h"
#include "ui/evaluation/confusionview.h"
#include "ui/evaluation/readingspage.h"
#include "ui/gallery/imagegallery.h"
#include "ui/widgets/messagebar.h"

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QListWidget>
#include <QSignalSpy>
#include <QTableWidget>
#include <QtTest>

#include <algorithm>

using namespace digitpad;
using test::GatedModel;

class EvaluationTabTest : public QObject, protected test::EvaluationTabFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { begin("tst_evaluationtab"); }
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void saysWhatItIs();
    void measuresAndShows();
    void aCellShowsItsImages();
    void aDigitShowsItsMisreadImages();
    void imagesGoToThePad();
    void isCancelled();
    void aFailureIsSaid();
    void aMissingSourceIsSaid();
    void bothWeightsOfARunAreOffered();
    void modelsAreCompared();
    void aSetIsKnownAgainAfterAnother();
    void reportsAreWritten_data();
    void reportsAreWritten();
    void remembersTheSource();
    void pictures_data();
    void pictures();
};

void EvaluationTabTest::saysWhatItIs()
{
    show();
    QVERIFY(shown("evaluationStart"));
    QVERIFY(!shown("report"));
    QTest::mouseClick(child<QPushButton>("evaluate"), Qt::LeftButton);
    QVERIFY(m_tab->findChild<MessageBar*>()->text().contains(QStringLiteral("still being loaded")));
    QVERIFY(!m_tab->busy());
}

void EvaluationTabTest::measuresAndShows()
{
    show();
    useModel();
    evaluateSynthetic(200);
    const EvaluationFigures& figures = m_tab->shown()->data->figures;
    QVERIFY(figures.correct > 0 && figures.correct < 60); // Sevens alone are right.
    QVERIFY(shown("figuresPage"));
    QVERIFY(text("figureAccuracy").endsWith(QStringLiteral("right")));
    QVERIFY(text("figureInterval").contains(QStringLiteral("of 200 digits")));
    QVERIFY(text("figureModel").startsWith(QStringLiteral("Sevens")));
    const auto* table = child<QTableWidget>("classTable");
    QCOMPARE(table->item(7, 2)->text(), QStringLiteral("100.00\u00a0%"));
    QCOMPARE(table->item(3, 1)->text(), QStringLiteral("–")); // Nobody said three.
    QCOMPARE(table->item(10, 4)->text(), QStringLiteral("200"));
    for (const char* page : {"Confusion", "Images", "Confidence", "Robustness", "Compare", "Figures"}) {
        press((QByteArray("show") + page).constData());
    }
    QVERIFY(shown("figuresPage"));
}

void EvaluationTabTest::aCellShowsItsImages()
{
    show();
    useModel();
    evaluateSynthetic();
    press("showConfusion");
    auto* confusion = m_tab->findChild<ConfusionView*>();
    const auto sevens = [this](int truth) {
        return m_tab->shown()->data->figures.confusion[static_cast<std::size_t>(truth)][7];
    };
    QTest::mouseClick(confusion, Qt::LeftButton, {}, confusion->cellRect(3, 2).center());
    QVERIFY(shown("confusionPage")); // Nothing is in that cell.
    QTest::mouseClick(confusion, Qt::LeftButton, {}, confusion->cellRect(3, 7).center());
    const auto* readings = m_tab->findChild<ReadingsPage*>();
    QVERIFY(readings->isVisible());
    QCOMPARE(qint64{readings->items()->count()}, sevens(3));
    QCOMPARE(readings->items()->item(0).label, QStringLiteral("3 → 7"));
    // The same by keys.
    press("showConfusion");
    confusion->setFocus();
    QTest::keyClick(confusion, Qt::Key_Down);
    QTest::keyClick(confusion, Qt::Key_Return);
    QVERIFY(readings->isVisible());
    QCOMPARE(qint64{readings->items()->count()}, sevens(4));
    press("showConfusion");
    auto* frequent = child<QListWidget>("frequentConfusions");
    QCOMPARE(frequent->count(), 9); // All others are read as sevens.
    frequent->setCurrentRow(8);
    frequent->setFocus();
    QTest::keyClick(frequent, Qt::Key_Return);
    QVERIFY(readings->isVisible());
    press("showConfusion");
    press("confusionPerCent");
    QVERIFY(confusion->perCent());
    QVERIFY(confusion->cellText(4, 7).contains(QStringLiteral("100.00")));
}

void EvaluationTabTest::aDigitShowsItsMisreadImages()
{
    show();
    useModel();
    evaluateSynthetic();
    auto* table = child<QTableWidget>("classTable");
    table->setCurrentCell(5, 0);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Return);
    const auto* readings = m_tab->findChild<ReadingsPage*>();
    QTRY_VERIFY(readings->isVisible());
    QVERIFY(readings->items()->count() > 0);
    for (int row = 0; row < readings->items()->count(); ++row) {
        QCOMPARE(int{readings->items()->readingAt(row).truth}, 5);
    }
}

void EvaluationTabTest::imagesGoToThePad()
{
    show();
    useModel();
    evaluateSynthetic();
    QSignalSpy opened(m_tab.get(), &EvaluationTab::padRequested);
    press("showImages");
    auto* readings = m_tab->findChild<ReadingsPage*>();
    readings->gallery()->setFocus();
    readings->gallery()->setCurrent(2);
    QTest::keyClick(readings->gallery(), Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(opened.count(), 1);
    const auto content = opened.first().first().value<PadContent>();
    QVERIFY(content.picture);
    const DigitImage image = m_tab->shown()->data->set->digitImage(readings->items()->imageAt(2));
    QVERIFY(std::equal(image.pixels.begin(), image.pixels.end(), content.picture->pixels.begin()));
}

void EvaluationTabTest::isCancelled()
{
    show();
    useModel(false);
    DataSource source;
    source.parts = QStringList{QStringLiteral("synthetic")};
    source.syntheticCount = 500;
    m_tab->setSource(source);
    press("evaluate");
    QVERIFY(shown("evaluationLoading"));
    QVERIFY(!child<QPushButton>("evaluate")->isEnabled());
    QTRY_COMPARE_WITH_TIMEOUT(m_model->batches.load(), 1, longTime);
    QTest::keyClick(m_tab.get(), Qt::Key_Escape);
    QVERIFY(!m_tab->busy());
    QVERIFY(shown("evaluationStart"));
    m_model->open();
    press("evaluate"); // The next one is not disturbed by the last.
    QTRY_VERIFY_WITH_TIMEOUT(m_tab->shown(), longTime);
}

void EvaluationTabTest::aFailureIsSaid()
{
    show();
    useModel();
    m_model->fails = true;
    DataSource source;
    source.parts = QStringList{QStringLiteral("synthetic")};
    source.syntheticCount = 500;
    m_tab->setSource(source);
    press("evaluate");
    QTRY_VERIFY_WITH_TIMEOUT(shown("evaluationFailed"), longTime);
    QVERIFY(text("evaluationFailedText").contains(QStringLiteral("Choose another one")));
    m_model->fails = false;
    press("evaluationAgain");
    QTRY_VERIFY_WITH_TIMEOUT(m_tab->shown(), longTime);
    // Another failure hides nothing that was found before.
    QTRY_VERIFY(!m_tab->busy());
    m_model->fails = true;
    press("evaluate");
    QTRY_VERIFY_WITH_TIMEOUT(shown("evaluationFailed"), longTime);
    press("showFigures");
    QVERIFY(shown("figuresPage"));
}

void EvaluationTabTest::aMissingSourceIsSaid()
{
    show();
    useModel();
    const QString file = test::writeFile(path(QStringLiteral("gone.jsonl")), collection(10));
    m_tab->open(file);
    QVERIFY(QFile::remove(file));
    press("evaluate");
    QTRY_VERIFY_WITH_TIMEOUT(shown("evaluationFailed"), longTime);
    QVERIFY(text("evaluationFailedText").contains(file));
}

void EvaluationTabTest::bothWeightsOfARunAreOffered()
{
    RunRecord record;
    record.name = QStringLiteral("Night shift");
    auto writer = RunWriter::create(defaultRunsFolder(), record);
    QVERIFY(writer.ok());
    const QString folder = (*writer)->record().folder;
    test::writeFile(bestModelPath(folder), "best");
    test::writeFile(lastModelPath(folder), "last");
    show();
    const auto* box = child<QComboBox>("evaluatedModel");
    QTRY_VERIFY_WITH_TIMEOUT(box->findText(QStringLiteral("Run: Night shift")) >= 0, longTime);
    QVERIFY(box->findText(QStringLiteral("Run: Night shift, last epoch")) >= 0);
    (*writer).reset();
    QVERIFY(QDir(folder).removeRecursively());
}

void EvaluationTabTest::modelsAreCompared()
{
    show();
    useModel();
    evaluateSynthetic();
    const auto first = m_tab->shown();
    m_recognizer->useModel(std::make_shared<GatedModel>(true), QStringLiteral("Others"));
    QTRY_COMPARE(m_recognizer->modelName(), QStringLiteral("Others"));
    press("evaluate");
    QTRY_COMPARE_WITH_TIMEOUT(m_tab->shown()->data->model, QStringLiteral("Others"), longTime);
    QCOMPARE(m_tab->shown()->data->set, first->data->set); // The same images are the same set.
    auto* results = child<QComboBox>("results");
    QCOMPARE(results->count(), 2);
    press("showCompare");
    results->setFocus();
    QTest::keyClick(results, Qt::Key_Up);
    Q_EMIT results->activated(results->currentIndex());
    QCOMPARE(m_tab->shown(), first);
    // Without the older one the newer stays in sight.
    results->setCurrentIndex(1);
    Q_EMIT results->activated(1);
    const auto second = m_tab->shown();
    Q_EMIT m_tab->findChild<ComparisonPage*>()->removeRequested(0);
    QCOMPARE(m_tab->shown(), second);
    QCOMPARE(results->count(), 1);
    Q_EMIT m_tab->findChild<ComparisonPage*>()->removeRequested(0);
    QVERIFY(shown("evaluationStart"));
}

void EvaluationTabTest::aSetIsKnownAgainAfterAnother()
{
    show();
    useModel();
    evaluateSynthetic(50);
    const auto set = m_tab->shown()->data->set;
    evaluateSynthetic(60);
    m_recognizer->useModel(std::make_shared<GatedModel>(true), QStringLiteral("Others"));
    QTRY_COMPARE(m_recognizer->modelName(), QStringLiteral("Others"));
    DataSource source;
    source.parts = QStringList{QStringLiteral("synthetic")};
    source.syntheticCount = 500;
    m_tab->setSource(source);
    press("evaluate");
    QTRY_COMPARE_WITH_TIMEOUT(m_tab->shown()->data->model, QStringLiteral("Others"), longTime);
    QCOMPARE(m_tab->shown()->data->set, set);
}

void EvaluationTabTest::reportsAreWritten_data()
{
    QTest::addColumn<QString>("ending");
    QTest::addColumn<QByteArray>("begin");
    QTest::newRow("HTML") << QStringLiteral("html") << QByteArray("<!");
    QTest::newRow("PDF") << QStringLiteral("pdf") << QByteArray("%PDF");
    QTest::newRow("CSV") << QStringLiteral("csv") << QByteArray("figure,");
    QTest::newRow("JSON") << QStringLiteral("json") << QByteArray("{");
}

void EvaluationTabTest::reportsAreWritten()
{
    QFETCH(QString, ending);
    QFETCH(QByteArray, begin);
    show();
    useModel();
    evaluateSynthetic();
    m_tab->findChild<QAction*>(QStringLiteral("report-") + ending)->trigger();
    auto* dialog = child<QFileDialog>("reportDialog");
    QVERIFY(dialog);
    const QString file = path(QStringLiteral("report.") + ending);
    Q_EMIT dialog->fileSelected(file);
    dialog->close();
    auto* message = m_tab->findChild<MessageBar*>();
    QTRY_VERIFY_WITH_TIMEOUT(message->text().contains(QStringLiteral("The report is in")), longTime);
    QVERIFY2(test::readFile(file).startsWith(begin), test::readFile(file).left(20).constData());
}

void EvaluationTabTest::remembersTheSource()
{
    show();
    useModel();
    const QString file = test::writeFile(path(QStringLiteral("pens.jsonl")), collection(10));
    m_tab->open(file);
    press("evaluate");
    QTRY_VERIFY_WITH_TIMEOUT(m_tab->shown() && !m_tab->busy(), longTime);
    m_tab = std::make_unique<EvaluationTab>(m_recognizer.get(), m_digits.get());
    show();
    QCOMPARE(m_tab->findChild<SourceBar*>()->source().parts.value(0), file);
    QVERIFY(!m_tab->busy()); // It is asked for, not begun.
}

void EvaluationTabTest::pictures_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<bool>("dark");
    for (const char* state : {"start", "loading", "failed", "small"}) {
        QTest::addRow("%s light", state) << QString::fromLatin1(state) << false;
        QTest::addRow("%s dark", state) << QString::fromLatin1(state) << true;
    }
}

void EvaluationTabTest::pictures()
{
    QFETCH(QString, state);
    QFETCH(bool, dark);
    test::useLightOrDark(dark);
    show(state == u"small" ? QSize(1, 1) : QSize(980, 680));
    useModel(state != u"loading");
    if (state == u"loading") {
        DataSource source;
        source.parts = QStringList{QStringLiteral("synthetic")};
        m_tab->setSource(source);
        press("evaluate");
        QTRY_VERIFY_WITH_TIMEOUT(m_model->batches == 1, longTime);
    } else if (state == u"failed") {
        m_tab->open(path(QStringLiteral("missing.csv")));
        press("evaluate");
        QTRY_VERIFY_WITH_TIMEOUT(shown("evaluationFailed"), longTime);
    } else if (state == u"small") {
        evaluateSynthetic();
    }
    test::saveScreenshot(*m_tab, QStringLiteral("evaluation-") + state, dark);
}

QTEST_MAIN(EvaluationTabTest)
#include "tst_evaluationtab.moc"
