#include "core/ink/inkfile.h"
#include "tests/support/samples.h"
#include "tests/support/threadtime.h"
#include "tests/testfiles.h"
#include "ui/mainwindow.h"
#include "ui/mydigits/mydigitstab.h"
#include "ui/widgets/messagebar.h"

#include <QApplication>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace digitpad;

namespace {

QByteArray lineFor(int number, int digit)
{
    return toJsonLine({test::seven(1 + 0.01F * float(number), float(number), 0, 60),
                       std::to_string(digit),
                       {},
                       {},
                       {}}) +
           '\n';
}

} // namespace

class MyDigitsTabTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void anEmptyCollectionSaysWhatToDo();
    void showsDigitByDigit();
    void filtersByLabel();
    void aDigitsKeyRelabelsTheSelection();
    void relabelsFromTheMenu();
    void deletesAndUndoes();
    void theKeyboardGoesOnAfterADeletion();
    void opensOnDoubleClickAndReturn();
    void newDigitsKeepSelectionAndPlace();
    void exportsAndImports();
    void importsSayWhatWasLeftOut();
    void anUnreadableFileOffersToTryAgain();
    void learningIsHiddenUntilSomebodyOffersIt();
    void screenReadersHearWhatIsShown();
    void staysNarrow();
    void theTabKeyGoesAsTheEyeDoes();
    void tenThousandDigitsDoNotStallTheWindow();

private:
    void open(const QByteArray& lines);
    [[nodiscard]] QListView* view() const { return m_tab->findChild<QListView*>(QStringLiteral("digits")); }
    [[nodiscard]] QAbstractButton* button(const char* name) const
    {
        return m_tab->findChild<QAbstractButton*>(QLatin1String(name));
    }
    [[nodiscard]] QString text(const char* name) const
    {
        const auto* label = m_tab->findChild<QLabel*>(QLatin1String(name));
        return label->isVisible() ? label->text() : QString();
    }
    [[nodiscard]] QString message() const { return m_tab->findChild<MessageBar*>()->text(); }
    /// The labels in the order in which they are shown.
    [[nodiscard]] QString shown() const
    {
        QString labels;
        for (int row = 0; row < view()->model()->rowCount(); ++row) {
            labels += view()->model()->index(row, 0).data().toString();
        }
        return labels;
    }
    void click(int row, Qt::KeyboardModifiers modifiers = {})
    {
        const QRect cell = view()->visualRect(view()->model()->index(row, 0));
        QVERIFY(view()->viewport()->rect().contains(cell.center()));
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, modifiers, cell.center());
    }
    [[nodiscard]] QString path(const char* name = "my-digits.jsonl") const
    {
        return m_folder->filePath(QLatin1String(name));
    }
    [[nodiscard]] QByteArray labelsInFile() const
    {
        QByteArray labels;
        for (const QByteArray& line : test::readFile(path()).split('\n')) {
            const auto sample = fromJsonLine(line);
            labels += sample ? sample->label.c_str() : "";
        }
        return labels;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MyDigits> m_digits;
    std::unique_ptr<MyDigitsTab> m_tab;
};

void MyDigitsTabTest::initTestCase()
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
}

void MyDigitsTabTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void MyDigitsTabTest::cleanup()
{
    m_tab.reset();
    m_digits.reset();
}

void MyDigitsTabTest::open(const QByteArray& lines)
{
    if (!lines.isEmpty()) {
        QVERIFY(!test::writeFile(path(), lines).isEmpty());
    }
    m_digits = std::make_unique<MyDigits>(path());
    m_tab = std::make_unique<MyDigitsTab>(m_digits.get());
    m_tab->resize(760, 560);
    m_tab->show();
    QVERIFY(QTest::qWaitForWindowActive(m_tab.get()));
    m_digits->start();
    QTRY_VERIFY(m_digits->state() != MyDigits::State::Loading);
    m_tab->focusDigits();
}

void MyDigitsTabTest::anEmptyCollectionSaysWhatToDo()
{
    m_digits = std::make_unique<MyDigits>(path());
    m_tab = std::make_unique<MyDigitsTab>(m_digits.get());
    m_tab->show();
    QVERIFY(text("emptyTitle").contains(QStringLiteral("being read")));
    m_digits->start();
    QTRY_VERIFY(text("emptyTitle").contains(QStringLiteral("No digits")));
    QVERIFY(!view()->isVisible());
    QVERIFY(!button("export")->isEnabled());
    QSignalSpy draw(m_tab.get(), &MyDigitsTab::drawRequested);
    button("emptyDraw")->click();
    QCOMPARE(draw.count(), 1);
    m_digits->add(test::seven(), 7);
    QVERIFY(view()->isVisible());
}

void MyDigitsTabTest::showsDigitByDigit()
{
    open(lineFor(1, 7) + lineFor(2, 1) + lineFor(3, 7) + lineFor(4, 0));
    QCOMPARE(shown(), QStringLiteral("0177"));
    QVERIFY(text("summary").startsWith(QStringLiteral("4 drawings")));
    QCOMPARE(button("show7")->text(), QStringLiteral("7 · 2"));
    QCOMPARE(button("show3")->text(), QStringLiteral("3 · 0"));
}

void MyDigitsTabTest::filtersByLabel()
{
    open(lineFor(1, 7) + lineFor(2, 1) + lineFor(3, 7));
    QTest::mouseClick(button("show7"), Qt::LeftButton);
    QCOMPARE(shown(), QStringLiteral("77"));
    QTest::mouseClick(button("show5"), Qt::LeftButton);
    QVERIFY(text("emptyTitle").contains(u'5'));
    m_digits->add(test::seven(), 5);
    QCOMPARE(shown(), QStringLiteral("5"));
    QTest::mouseClick(button("showAll"), Qt::LeftButton);
    QCOMPARE(shown(), QStringLiteral("1577"));
}

void MyDigitsTabTest::aDigitsKeyRelabelsTheSelection()
{
    open(lineFor(1, 1) + lineFor(2, 2) + lineFor(3, 3));
    QTest::keyClick(view(), Qt::Key_9); // Nothing is selected.
    QCOMPARE(shown(), QStringLiteral("123"));
    click(0);
    click(1, Qt::ControlModifier);
    QVERIFY(text("selectionText").startsWith(QStringLiteral("2 drawings")));
    QTest::keyClick(view(), Qt::Key_9);
    QCOMPARE(shown(), QStringLiteral("399"));
    QCOMPARE(m_tab->selectedIds().size(), 2U);
    QTest::keyClick(view(), Qt::Key_8, Qt::KeypadModifier); // The first was a slip.
    QCOMPARE(shown(), QStringLiteral("388"));
    QTRY_COMPARE(labelsInFile(), "883");
    QTest::keyClick(view(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(shown(), QStringLiteral("399"));
    QTest::keyClick(view(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(shown(), QStringLiteral("123"));
    QTRY_COMPARE(labelsInFile(), "123");
}

void MyDigitsTabTest::relabelsFromTheMenu()
{
    open(lineFor(1, 1) + lineFor(2, 2));
    auto* relabel = qobject_cast<QToolButton*>(button("relabel"));
    QVERIFY(!relabel->isEnabled());
    click(1);
    QVERIFY(relabel->isEnabled());
    relabel->menu()->actions().at(5)->trigger();
    QCOMPARE(shown(), QStringLiteral("15"));
}

void MyDigitsTabTest::deletesAndUndoes()
{
    open(lineFor(1, 1) + lineFor(2, 2) + lineFor(3, 3) + "letters\n");
    click(0);
    click(1, Qt::ShiftModifier);
    QTest::keyClick(view(), Qt::Key_Delete);
    QCOMPARE(shown(), QStringLiteral("3"));
    QVERIFY(message().startsWith(QStringLiteral("2 drawings deleted")));
    QTRY_COMPARE(labelsInFile(), "3");
    QTest::mouseClick(button("messageAction"), Qt::LeftButton);
    QCOMPARE(shown(), QStringLiteral("123"));
    QCOMPARE(m_tab->selectedIds().size(), 2U);
    QVERIFY(message().isEmpty());
    QTRY_VERIFY(!m_digits->hasUnsavedChanges());
    QVERIFY(test::readFile(path()).contains("letters\n"));
    QCOMPARE(labelsInFile().size(), 3);
}

void MyDigitsTabTest::theKeyboardGoesOnAfterADeletion()
{
    open(lineFor(1, 1) + lineFor(2, 2) + lineFor(3, 3));
    click(1);
    QTest::keyClick(view(), Qt::Key_Delete);
    QTest::keyClick(view(), Qt::Key_Delete);
    QCOMPARE(shown(), QStringLiteral("1"));
    QTest::keyClick(view(), Qt::Key_Delete);
    QCOMPARE(shown(), QString());
}

void MyDigitsTabTest::opensOnDoubleClickAndReturn()
{
    open(lineFor(1, 1) + lineFor(2, 2));
    QSignalSpy opened(m_tab.get(), &MyDigitsTab::openRequested);
    click(1);
    const QRect cell = view()->visualRect(view()->model()->index(1, 0));
    QTest::mouseDClick(view()->viewport(), Qt::LeftButton, {}, cell.center());
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened.last().first().toULongLong(), m_digits->digits()[1].id);
    QTest::keyClick(view(), Qt::Key_Return);
    QCOMPARE(opened.count(), 2);
}

void MyDigitsTabTest::newDigitsKeepSelectionAndPlace()
{
    open(lineFor(1, 1) + lineFor(2, 5) + lineFor(3, 9));
    click(1);
    const auto selected = m_tab->selectedIds();
    QSignalSpy reset(view()->model(), &QAbstractItemModel::modelReset);
    m_digits->add(test::seven(), 0);
    m_digits->add(test::seven(), 7);
    m_digits->remove({m_digits->digits()[0].id});
    QCOMPARE(shown(), QStringLiteral("0579"));
    QCOMPARE(m_tab->selectedIds(), selected);
    QCOMPARE(reset.count(), 0);
}

void MyDigitsTabTest::exportsAndImports()
{
    open(lineFor(1, 1) + lineFor(2, 2) + lineFor(3, 3));
    m_tab->exportTo(path("all.jsonl"));
    QTRY_VERIFY(message().contains(QStringLiteral("all.jsonl")));
    QCOMPARE(test::readFile(path("all.jsonl")), test::readFile(path()));
    click(2);
    m_tab->exportTo(path("one.jsonl"));
    QTRY_VERIFY(message().contains(QStringLiteral("one.jsonl")));
    QCOMPARE(test::readFile(path("one.jsonl")), lineFor(3, 3));

    view()->selectAll();
    QTest::keyClick(view(), Qt::Key_Delete);
    QCOMPARE(shown(), QString());
    m_tab->importFrom(path("all.jsonl"));
    QTRY_COMPARE(shown(), QStringLiteral("123"));
    QCOMPARE(test::readFile(path()), test::readFile(path("all.jsonl")));
}

void MyDigitsTabTest::importsSayWhatWasLeftOut()
{
    open(lineFor(1, 1));
    QVERIFY(!test::writeFile(path("other.jsonl"), lineFor(1, 5) + "?\n" + lineFor(2, 2)).isEmpty());
    m_tab->importFrom(path("other.jsonl"));
    QTRY_VERIFY(message().contains(QStringLiteral("1 drawing added")));
    QVERIFY(message().contains(QStringLiteral("1 drawing already here.")));
    QVERIFY(message().contains(QStringLiteral("1 of its lines")));
    QCOMPARE(shown(), QStringLiteral("12"));
}

void MyDigitsTabTest::anUnreadableFileOffersToTryAgain()
{
    QVERIFY(QDir().mkpath(path()));
    open({});
    QCOMPARE(m_digits->state(), MyDigits::State::Failed);
    QVERIFY(text("emptyText").contains(path()));
    QVERIFY(QDir().rmdir(path()));
    QVERIFY(!test::writeFile(path(), lineFor(1, 4)).isEmpty());
    button("tryAgain")->click();
    QTRY_COMPARE(shown(), QStringLiteral("4"));
}

void MyDigitsTabTest::learningIsHiddenUntilSomebodyOffersIt()
{
    open(lineFor(1, 1));
    QVERIFY(!m_tab->learnButton()->isVisible());
    m_tab->learnButton()->show();
    QSignalSpy learn(m_tab.get(), &MyDigitsTab::learnRequested);
    QTest::mouseClick(m_tab->learnButton(), Qt::LeftButton);
    QCOMPARE(learn.count(), 1);
}

void MyDigitsTabTest::screenReadersHearWhatIsShown()
{
    m_digits = std::make_unique<MyDigits>(path());
    const quint64 id = m_digits->add(test::seven(), 7);
    QVERIFY(id > 0);
    m_tab = std::make_unique<MyDigitsTab>(m_digits.get());
    const QString heard = view()->model()->index(0, 0).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(heard.startsWith(QStringLiteral("A 7, kept on ")), qPrintable(heard));
    for (const QWidget* widget : m_tab->findChildren<QWidget*>()) {
        const bool focusable = widget->focusPolicy() & Qt::TabFocus && widget->isVisibleTo(m_tab.get());
        const auto* named = qobject_cast<const QAbstractButton*>(widget);
        if (focusable && (named == nullptr || named->text().isEmpty()) &&
            !qobject_cast<const QLabel*>(widget)) {
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
        }
    }
}

void MyDigitsTabTest::theTabKeyGoesAsTheEyeDoes()
{
    open(lineFor(1, 1));
    click(0);
    m_tab->learnButton()->show();
    button("import")->setFocus(Qt::TabFocusReason);
    QStringList names;
    for (int i = 0; i < 8; ++i) {
        names += QApplication::focusWidget()->objectName();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    const QStringList expected{QStringLiteral("import"),  QStringLiteral("export"),
                               QStringLiteral("learn"),   QStringLiteral("showAll"),
                               QStringLiteral("digits"),  QStringLiteral("openDigitButton"),
                               QStringLiteral("relabel"), QStringLiteral("removeDigitsButton")};
    QCOMPARE(names, expected);
}

void MyDigitsTabTest::staysNarrow()
{
    open(lineFor(1, 1));
    m_tab->learnButton()->show();
    QVERIFY2(m_tab->minimumSizeHint().width() <= 700,
             qPrintable(QString::number(m_tab->minimumSizeHint().width())));
}

void MyDigitsTabTest::tenThousandDigitsDoNotStallTheWindow()
{
    QByteArray lines;
    for (int i = 0; i < 10'000; ++i) {
        lines += lineFor(i, i % 10);
    }
    open(lines);
    QTRY_COMPARE(view()->model()->rowCount(), 10'000);
    const auto measured = [](auto work) {
        const double begin = test::threadMilliseconds();
        work();
        QCoreApplication::sendPostedEvents();
        return test::threadMilliseconds() - begin;
    };
    QCoreApplication::processEvents();
    const double add = measured([this] { m_digits->add(test::seven(), 5); });
    const double relabel = measured([this] {
        m_tab->select({m_digits->digits()[5000].id});
        QTest::keyClick(view(), Qt::Key_3);
    });
    const double paint = measured([this] { view()->viewport()->grab(); });
    const double again = measured([this] { view()->viewport()->grab(); });
    const double removal = measured([this] {
        view()->selectAll();
        QTest::keyClick(view(), Qt::Key_Delete);
    });
    qInfo("milliseconds on the GUI thread: add %.2f, relabel %.2f, paint %.2f, paint again %.2f, delete all "
          "%.2f",
          add, relabel, paint, again, removal);
    QCOMPARE(view()->model()->rowCount(), 0);
    QVERIFY2(add < 100 && relabel < 200 && paint < 200, "a few milliseconds each on a slow machine");
}

QTEST_MAIN(MyDigitsTabTest)
#include "tst_mydigitstab.moc"
