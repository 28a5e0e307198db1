// Relabelling and excluding in My digits and in collections of the person's own.
#include "tests/gui/data/datafixture.h"
#include "ui/data/collectioneditor.h"
#include "ui/widgets/messagebar.h"

#include <QAction>
#include <QJsonDocument>
#include <QLabel>
#include <QSignalSpy>
#include <QToolButton>

using namespace digitpad;
using test::DataFixture;

class DataEditingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_fixture = std::make_unique<DataFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void myDigitsAreRelabelledByKey();
    void myDigitsAreExcludedAndComeBack();
    void newDigitsOfMineAppear();
    void mineOpensOnThePadAsItself();
    void aFileIsRelabelledInItsPlace();
    void aFileThatChangedIsLeftAlone();
    void otherSourcesCannotBeChanged();

private:
    void openMine(int count)
    {
        test::writeFile(m_fixture->digits()->path(), DataFixture::collection(count));
        m_fixture->digits()->start();
        DataSource source;
        source.parts = QStringList{m_fixture->digits()->path()};
        m_fixture->show();
        m_fixture->tab->explore(source);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->items()->count(), count, longTime);
        showGallery();
    }
    void openFile(int count)
    {
        m_path =
            test::writeFile(m_fixture->path(QStringLiteral("pens.jsonl")), DataFixture::collection(count));
        m_fixture->show();
        m_fixture->tab->open(m_path);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->items()->count(), count, longTime);
        showGallery();
    }
    void showGallery()
    {
        QTest::mouseClick(m_fixture->child<QWidget>("showGallery"), Qt::LeftButton);
        m_fixture->gallery()->setFocus();
    }
    [[nodiscard]] QString labelsInFile(const QString& path) const
    {
        QString labels;
        for (const QByteArray& line : test::readFile(path).split('\n')) {
            labels += QJsonDocument::fromJson(line)[QStringLiteral("label")].toString();
        }
        return labels;
    }

    std::unique_ptr<DataFixture> m_fixture;
    QString m_path;
};

void DataEditingTest::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("DigitPad"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_dataediting"));
}

void DataEditingTest::myDigitsAreRelabelledByKey()
{
    openMine(12);
    m_fixture->gallery()->select({7, 1, 2}); // The first is a 7 already.
    QTest::keyClick(m_fixture->gallery(), Qt::Key_7);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->items()->item(2).label, QStringLiteral("7"), longTime);
    QCOMPARE(m_fixture->items()->item(1).label, QStringLiteral("7"));
    QCOMPARE(m_fixture->digits()->counts()[7], 3);
    const auto* message = m_fixture->tab->findChild<MessageBar*>();
    QVERIFY(message->text().contains(QStringLiteral("2 drawings relabelled as 7")));
    QCOMPARE(m_fixture->gallery()->current(), 2); // The same image is current.
    QTest::keyClick(m_fixture->gallery(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->items()->item(2).label, QStringLiteral("2"), longTime);
    QTRY_COMPARE(labelsInFile(m_fixture->digits()->path()), QStringLiteral("012345678901"));
}

void DataEditingTest::myDigitsAreExcludedAndComeBack()
{
    openMine(12);
    m_fixture->gallery()->select({0, 3});
    QTest::keyClick(m_fixture->gallery(), Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->items()->count(), 10, longTime);
    auto* message = m_fixture->tab->findChild<MessageBar*>();
    QVERIFY(message->text().contains(QStringLiteral("2 drawings taken out")));
    QCOMPARE(m_fixture->digits()->digits().size(), std::size_t{10});
    m_fixture->child<QAction>("undoSamples")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->items()->count(), 12, longTime);
    QVERIFY(!m_fixture->child<QAction>("undoSamples")->isEnabled());
}

void DataEditingTest::newDigitsOfMineAppear()
{
    openMine(5);
    Random random(9);
    m_fixture->digits()->add(syntheticDigit(3, random), 3);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->items()->count(), 6, longTime);
    QVERIFY(m_fixture->child<QWidget>("galleryPage")->isVisible()); // Without a loading page between.
}

void DataEditingTest::mineOpensOnThePadAsItself()
{
    openMine(5);
    QSignalSpy opened(m_fixture->tab, &DataTab::digitRequested);
    m_fixture->gallery()->setCurrent(3);
    QTest::keyClick(m_fixture->gallery(), Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened.first().first().toULongLong(), m_fixture->digits()->digits()[3].id);
}

void DataEditingTest::aFileIsRelabelledInItsPlace()
{
    openFile(12);
    const QByteArray before = test::readFile(m_path);
    m_fixture->gallery()->select({4});
    QTest::keyClick(m_fixture->gallery(), Qt::Key_9);
    QTRY_COMPARE_WITH_TIMEOUT(labelsInFile(m_path), QStringLiteral("012395678901"), longTime);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->items()->item(4).label, QStringLiteral("9"), longTime);
    m_fixture->gallery()->select({0, 1});
    QTest::keyClick(m_fixture->gallery(), Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->items()->count(), 10, longTime);
    QCOMPARE(labelsInFile(m_path), QStringLiteral("2395678901"));
    m_fixture->child<QAction>("undoSamples")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->items()->count(), 12, longTime);
    QCOMPARE(labelsInFile(m_path), QStringLiteral("012395678901"));
    QVERIFY(test::readFile(m_path) != before);
}

void DataEditingTest::aFileThatChangedIsLeftAlone()
{
    openFile(12);
    const QByteArray other = DataFixture::collection(12, 77);
    QVERIFY(!test::writeFile(m_path, other).isEmpty());
    m_fixture->gallery()->select({4});
    QTest::keyClick(m_fixture->gallery(), Qt::Key_9);
    auto* message = m_fixture->tab->findChild<MessageBar*>();
    QTRY_VERIFY_WITH_TIMEOUT(message->text().contains(QStringLiteral("no longer")), longTime);
    QCOMPARE(test::readFile(m_path), other);
}

void DataEditingTest::otherSourcesCannotBeChanged()
{
    m_fixture->show();
    m_fixture->exploreSynthetic(100);
    showGallery();
    m_fixture->gallery()->select({4});
    QVERIFY(!m_fixture->child<QAction>("relabelSamples")->isEnabled());
    QVERIFY(!m_fixture->child<QAction>("excludeSamples")->isEnabled());
    QVERIFY(m_fixture->child<QAction>("excludeSamples")->toolTip().contains(QStringLiteral("My digits")));
    const int label = m_fixture->items()->set().labels[4];
    QTest::keyClick(m_fixture->gallery(), Qt::Key_9);
    QCOMPARE(int{m_fixture->items()->set().labels[4]}, label);
}

QTEST_MAIN(DataEditingTest)
#include "tst_dataediting.moc"
