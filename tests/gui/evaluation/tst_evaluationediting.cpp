#include "tests/gui/evaluation/evaluationtabfixture.h"
#include "ui/evaluation/readingspage.h"
#include "ui/gallery/imagegallery.h"
#include "ui/widgets/messagebar.h"

#include <QtTest>

#include <algorithm>

using namespace digitpad;

class EvaluationEditingTest : public QObject, protected test::EvaluationTabFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { begin("tst_evaluationediting"); }
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void myDigitsAreRelabelled();
    void aCollectionIsRelabelled();
    void lettersOfACollectionKeepTheirLabel();
    void nonDigitsAreMeasuredAlong_data();
    void nonDigitsAreMeasuredAlong();
    void pendingDigitsAreWaitedFor();
};

void EvaluationEditingTest::myDigitsAreRelabelled()
{
    test::writeFile(m_digits->path(), collection(20));
    m_digits->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_digits->digits().size() == 20 &&
                                 std::all_of(m_digits->digits().begin(), m_digits->digits().end(),
                                             [](const MyDigit& digit) { return digit.image != nullptr; }),
                             longTime);
    show();
    useModel();
    DataSource mine;
    mine.parts = QStringList{m_digits->path()};
    m_tab->setSource(mine);
    press("evaluate");
    QTRY_VERIFY_WITH_TIMEOUT(m_tab->shown() && !m_tab->busy(), longTime);
    QCOMPARE(m_tab->shown()->data->figures.correct, std::int64_t{2});
    press("showImages");
    auto* gallery = m_tab->findChild<ReadingsPage*>()->gallery();
    gallery->setFocus();
    gallery->select({0});
    QTest::keyClick(gallery, Qt::Key_7);
    QTRY_COMPARE_WITH_TIMEOUT(m_tab->shown()->data->figures.correct, std::int64_t{3}, longTime);
    QTRY_VERIFY(!m_tab->busy());
    QTest::keyClick(gallery, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(m_tab->shown()->data->figures.correct, std::int64_t{2}, longTime);
}

void EvaluationEditingTest::aCollectionIsRelabelled()
{
    show();
    useModel();
    const QString file = test::writeFile(path(QStringLiteral("pens.jsonl")), collection(10));
    m_tab->open(file);
    press("evaluate");
    QTRY_VERIFY_WITH_TIMEOUT(m_tab->shown() && !m_tab->busy(), longTime);
    press("showImages");
    auto* gallery = m_tab->findChild<ReadingsPage*>()->gallery();
    gallery->setFocus();
    gallery->select({0, 1});
    QTest::keyClick(gallery, Qt::Key_7);
    QTRY_COMPARE_WITH_TIMEOUT(m_tab->shown()->data->figures.correct, std::int64_t{3}, longTime);
    QCOMPARE(test::readFile(file).count("\"7\""), 3);
}

/// They are measured among the digits; the file's digits have to be found between them.
void EvaluationEditingTest::lettersOfACollectionKeepTheirLabel()
{
    show();
    useModel();
    const QByteArray digits = collection(10);
    QByteArray lines = digits;
    for (const char* letter : {"A", "K"}) {
        QByteArray line = digits.left(digits.indexOf('\n') + 1);
        line.replace("\"label\":\"0\"", QByteArray("\"label\":\"") + letter + "\"");
        lines.insert(lines.indexOf('\n') + 1, line);
    }
    const QString file = test::writeFile(path(QStringLiteral("mixed.jsonl")), lines);
    m_tab->open(file);
    press("evaluate");
    QTRY_VERIFY_WITH_TIMEOUT(m_tab->shown() && !m_tab->busy(), longTime);
    QCOMPARE(m_tab->shown()->data->figures.noDigits, std::int64_t{2});
    press("showImages");
    auto* readings = m_tab->findChild<ReadingsPage*>();
    readings->setFilter({ReadingItems::Kind::All, -1, -1});
    const auto relabel = [readings](std::size_t image, Qt::Key digit) {
        readings->gallery()->setFocus();
        readings->setCurrentImage(image);
        QTest::keyClick(readings->gallery(), digit);
    };
    QCOMPARE(int{m_tab->shown()->data->set->labels[1]}, noDigitLabel);
    relabel(1, Qt::Key_7);
    auto* message = m_tab->findChild<MessageBar*>();
    QTRY_VERIFY_WITH_TIMEOUT(message->text().contains(QStringLiteral("no digit")), longTime);
    QCOMPARE(test::readFile(file), lines);
    QCOMPARE(int{m_tab->shown()->data->set->labels[4]}, 2);
    relabel(4, Qt::Key_7);
    QTRY_COMPARE_WITH_TIMEOUT(m_tab->shown()->data->figures.correct, std::int64_t{2}, longTime);
    QCOMPARE(int{m_tab->shown()->data->set->labels[4]}, 7);
    QCOMPARE(m_tab->shown()->data->figures.noDigits, std::int64_t{2});
}

void EvaluationEditingTest::nonDigitsAreMeasuredAlong_data()
{
    QTest::addColumn<bool>("mine");
    QTest::newRow("my digits") << true;
    QTest::newRow("another source") << false;
}

void EvaluationEditingTest::nonDigitsAreMeasuredAlong()
{
    QFETCH(bool, mine);
    test::writeFile(m_digits->path(), collection(10));
    m_digits->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_digits->digits().size() == 10 && m_digits->digits().back().image, longTime);
    show();
    useModel();
    press("withNonDigits");
    DataSource source;
    source.parts = QStringList{mine ? m_digits->path() : QStringLiteral("synthetic")};
    source.syntheticCount = 100;
    source.noDigitCount = 200; // A tenth of them.
    m_tab->setSource(source);
    press("evaluate");
    QTRY_VERIFY_WITH_TIMEOUT(m_tab->shown() && !m_tab->busy(), longTime);
    const EvaluationFigures& figures = m_tab->shown()->data->figures;
    QCOMPARE(figures.images, std::int64_t{10});
    QCOMPARE(figures.noDigits, std::int64_t{20});
    QVERIFY(figures.acceptance.areaUnderRoc() >= 0);
    if (mine) {
        // They stay measured along when it is evaluated again.
        press("showImages");
        auto* gallery = m_tab->findChild<ReadingsPage*>()->gallery();
        gallery->setFocus();
        gallery->select({0});
        QTest::keyClick(gallery, Qt::Key_7);
        QTRY_COMPARE_WITH_TIMEOUT(m_tab->shown()->data->figures.correct, std::int64_t{2}, longTime);
        QCOMPARE(m_tab->shown()->data->figures.noDigits, std::int64_t{20});
    }
    m_tab = std::make_unique<EvaluationTab>(m_recognizer.get(), m_digits.get());
    show();
    QVERIFY(child<QAbstractButton>("withNonDigits")->isChecked());
}

/// Drawings get their pictures one after the other; until all have theirs there is nothing to measure.
void EvaluationEditingTest::pendingDigitsAreWaitedFor()
{
    test::writeFile(m_digits->path(), collection(10));
    show();
    useModel();
    DataSource mine;
    mine.parts = QStringList{m_digits->path()};
    m_tab->setSource(mine);
    press("evaluate"); // The file was not even read.
    auto* message = m_tab->findChild<MessageBar*>();
    QVERIFY(message->text().contains(QStringLiteral("still being")));
    QVERIFY(!m_tab->busy());
    m_digits->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_digits->digits().size() == 10 && m_digits->digits().back().image, longTime);
    press("evaluate");
    QTRY_VERIFY_WITH_TIMEOUT(m_tab->shown() && !m_tab->busy(), longTime);
    QCOMPARE(m_tab->shown()->data->set->size(), std::size_t{10});
}

QTEST_MAIN(EvaluationEditingTest)
#include "tst_evaluationediting.moc"
