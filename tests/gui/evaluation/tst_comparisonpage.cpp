#include "tests/gui/evaluation/sampleevaluation.h"
#include "ui/evaluation/comparisonpage.h"
#include "ui/evaluation/pairitems.h"
#include "ui/gallery/imagegallery.h"
#include "ui/widgets/messagebar.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QTableWidget>
#include <QToolButton>
#include <QtTest>

using namespace digitpad;

namespace {

struct Fixture
{
    Fixture()
    {
        page.resize(960, 600);
        page.show();
        table = child<QTableWidget>("comparisonTable");
        first = child<QComboBox>("firstModel");
        second = child<QComboBox>("secondModel");
        gallery = child<ImageGallery>("pairGallery");
        message = child<MessageBar>("comparisonMessage");
        verdict = child<QLabel>("comparisonVerdict");
    }
    template <class T>
    T* child(const char* name)
    {
        return page.findChild<T*>(QLatin1String(name));
    }
    static void choose(QComboBox* box, int index)
    {
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Home);
        for (int i = 0; i < index; ++i) {
            QTest::keyClick(box, Qt::Key_Down);
        }
        Q_EMIT box->activated(box->currentIndex());
    }

    ComparisonPage page;
    QTableWidget* table;
    QComboBox* first;
    QComboBox* second;
    ImageGallery* gallery;
    MessageBar* message;
    QLabel* verdict;
};

} // namespace

class ComparisonPageTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<const DigitSet> m_set = test::sampleSet(400, 20);
    std::shared_ptr<const EvaluationData> m_good =
        test::sampleEvaluation(m_set, QStringLiteral("good"), {0.02, 1.6, true, 1});
    std::shared_ptr<const EvaluationData> m_bad =
        test::sampleEvaluation(m_set, QStringLiteral("bad"), {0.2, 1.6, true, 2});
    std::shared_ptr<const EvaluationData> m_likeGood =
        test::sampleEvaluation(m_set, QStringLiteral("good"), {0.02, 1.6, true, 3});

private Q_SLOTS:
    void noneAndOne()
    {
        Fixture fixture;
        QVERIFY(fixture.child<QLabel>("comparisonEmpty")->isVisible());
        QVERIFY(!fixture.table->isVisible());
        fixture.page.setEvaluations({m_good});
        QVERIFY(!fixture.child<QLabel>("comparisonEmpty")->isVisible());
        QVERIFY(fixture.table->isVisible());
        QVERIFY(fixture.child<QLabel>("comparisonAlone")->isVisible());
        QVERIFY(!fixture.gallery->isVisible());
        QCOMPARE(fixture.table->columnCount(), 1);
        QVERIFY(!fixture.table->item(0, 0)->font().bold()); // Better than nothing is no praise.
        fixture.page.setEvaluations({});
        QVERIFY(fixture.child<QLabel>("comparisonEmpty")->isVisible());
    }

    void marksTheBest()
    {
        Fixture fixture;
        fixture.page.setEvaluations({m_bad, m_good});
        QCOMPARE(fixture.table->horizontalHeaderItem(1)->text(), QStringLiteral("good"));
        QVERIFY(!fixture.table->item(0, 0)->font().bold());
        QVERIFY(fixture.table->item(0, 1)->font().bold());
        const auto rows = comparedFigures({m_bad, m_good});
        QVERIFY(rows[2].isBest(1) && !rows[2].isBest(0));  // Fewer misread ones.
        QVERIFY(!rows[1].isBest(0) && !rows[1].isBest(1)); // An interval is no contest.
        const auto equals = comparedFigures({m_good, m_good});
        QVERIFY(!equals[0].isBest(0) && !equals[0].isBest(1));
        const auto three = comparedFigures({m_good, m_bad, m_good});
        QVERIFY(three[0].isBest(0) && !three[0].isBest(1) && three[0].isBest(2));
    }

    void testsThePair()
    {
        Fixture fixture;
        fixture.page.setEvaluations({m_bad, m_good});
        QVERIFY2(fixture.verdict->text().contains(QStringLiteral("“good” reads such images better")),
                 qPrintable(fixture.verdict->text()));
        fixture.page.setEvaluations({m_bad, m_good, m_likeGood});
        QCOMPARE(fixture.second->currentIndex(), 1); // The pair stays.
        QCOMPARE(fixture.first->currentIndex(), 0);
        QCOMPARE(fixture.first->itemText(2), QStringLiteral("good (2)"));
        Fixture::choose(fixture.first, 2);
        const QString verdict = fixture.verdict->text();
        QVERIFY2(verdict.contains(QStringLiteral("Chance may well explain")), qPrintable(verdict));
        Fixture::choose(fixture.second, 2);
        QVERIFY(fixture.verdict->text().contains(QStringLiteral("one and the same")));
        QCOMPARE(fixture.gallery->items()->count(), 0);
    }

    void sentences()
    {
        ModelComparison same;
        same.bothRight = 1234;
        QVERIFY(pairText(QStringLiteral("x"), QStringLiteral("y"), same).contains(QStringLiteral("1,234")));
        QVERIFY(pairText(QStringLiteral("x"), QStringLiteral("y"), same)
                    .endsWith(QStringLiteral("Neither is better on these images.")));
        ModelComparison clear;
        clear.test = mcNemarTest(80, 20);
        const QString text = pairText(QStringLiteral("x"), QStringLiteral("y"), clear);
        QVERIFY2(text.contains(QStringLiteral("p < 0.001")) && text.contains(QStringLiteral("χ²")) &&
                     text.contains(QStringLiteral("“x” reads")),
                 qPrintable(text));
        ModelComparison few;
        few.test = mcNemarTest(5, 1);
        QVERIFY(pairText(QStringLiteral("x"), QStringLiteral("y"), few)
                    .contains(QStringLiteral("exact test, p = 0.22")));
    }

    void showsTheImagesThatDiffer()
    {
        Fixture fixture;
        fixture.page.setEvaluations({m_bad, m_good});
        QVERIFY(QTest::qWaitForWindowExposed(&fixture.page));
        const auto comparison = compareReadings(m_bad->readings, m_good->readings);
        QCOMPARE(fixture.gallery->items()->count(), int(comparison.differing.size()));
        Fixture::choose(fixture.child<QComboBox>("pairFilter"), 2);
        QCOMPARE(fixture.gallery->items()->count(), int(comparison.test.onlySecond));
        QCOMPARE(fixture.gallery->items()->item(0).badge, QStringLiteral("B"));

        auto* toPad = fixture.child<QAction>("differenceToPad");
        QVERIFY(!toPad->isEnabled());
        QSignalSpy spy(&fixture.page, &ComparisonPage::padRequested);
        fixture.gallery->setFocus();
        QTest::mouseClick(fixture.gallery->viewport(), Qt::LeftButton, {},
                          fixture.gallery->cellRect(1).center());
        QVERIFY(fixture.child<QLabel>("currentDifference")->text().contains(QStringLiteral("A reads")));
        QVERIFY(toPad->isEnabled());
        toPad->trigger();
        QTest::keyClick(fixture.gallery, Qt::Key_Return);
        QCOMPARE(spy.size(), 2);
        const auto image = spy[0][0].value<std::size_t>();
        QCOMPARE(spy[1][0].value<std::size_t>(), image);
        QVERIFY(!m_bad->readings[image].right() && m_good->readings[image].right());
    }

    void otherImagesAreRefusedByWords()
    {
        Fixture fixture;
        const auto other = test::sampleEvaluation(test::sampleSet(50, 0), QStringLiteral("other"));
        fixture.page.setEvaluations({m_bad, other, m_good});
        QVERIFY(fixture.message->isVisible());
        QVERIFY(fixture.message->text().contains(QStringLiteral("“other” on synthetic digits")));
        QCOMPARE(fixture.table->columnCount(), 2);
        // Places are those of the whole list.
        QSignalSpy spy(&fixture.page, &ComparisonPage::removeRequested);
        fixture.child<QToolButton>("removeEvaluation1")->click();
        QTRY_COMPARE(spy.size(), 1);
        QCOMPARE(spy[0][0].toInt(), 2);
        fixture.table->setCurrentCell(0, 0);
        QTest::keyClick(fixture.table, Qt::Key_Delete);
        QCOMPARE(spy.size(), 2);
        QCOMPARE(spy[1][0].toInt(), 0);
        fixture.page.setEvaluations({m_bad, m_good});
        QVERIFY(!fixture.message->isVisible());
    }

    void theSameImagesAnew()
    {
        const DigitSet copy = *m_set;
        QVERIFY(sameImages(copy, *m_set));
        DigitSet relabelled = *m_set;
        relabelled.labels[5] = static_cast<std::uint8_t>((relabelled.labels[5] + 1) % digitClasses);
        QVERIFY(!sameImages(relabelled, *m_set));
        DigitSet changed = *m_set;
        changed.images[5 * digitPixels + 400] ^= 0xff;
        QVERIFY(!sameImages(changed, *m_set));
        QVERIFY(sameImages(DigitSet(), DigitSet()));
    }
};

QTEST_MAIN(ComparisonPageTest)
#include "tst_comparisonpage.moc"
