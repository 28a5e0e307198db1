#include "core/ink/inkfile.h"
#include "tests/gui/draw/fakemodel.h"
#include "ui/data/datatab.h"
#include "ui/draw/drawactions.h"
#include "ui/draw/drawingcanvas.h"
#include "ui/draw/drawtab.h"
#include "ui/evaluation/comparisonpage.h"
#include "ui/evaluation/evaluationtab.h"
#include "ui/evaluation/figurespage.h"
#include "ui/evaluation/readingspage.h"
#include "ui/mainwindow.h"
#include "ui/mydigits/mydigitstab.h"
#include "ui/training/formsection.h"
#include "ui/training/trainingtab.h"
#include "ui/widgets/messagebar.h"

#include <QApplication>
#include <QDropEvent>
#include <QLabel>
#include <QListView>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QSettings>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <memory>

using namespace digitpad;
using test::FakeModel;

class MainWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void trainingTabComesAfterTheFirstPaint();
    void trainingTabComesWithItsFirstShowing();
    void tabsComeWholeWhenOpenedHalfMade();
    void theStatusFollowsTheRecognizer();
    void tabsByKey();
    void drawingKeysRestOnTheTrainingTab();
    void keysOfMyDigitsRestElsewhere();
    void aDigitOfMineOpensOnThePad();
    void troubleWithMyDigitsIsSaidWhereOneLooks();
    void unsavedDigitsAreNotLostByClosing();
    void geometryAndTabAreRemembered();
    void theBundledModelComesBack();
    void droppedInkOpensOnThePad();
    void droppedDataOpenInTheirTab();
    void fullScreenByKey();
    void aboutNamesTheVersions();
    void shortcutsAreListed();
    void everyMenuEntryHasItsOwnShortcut();

private:
    [[nodiscard]] QTabWidget* tabs() const
    {
        return m_window->findChild<QTabWidget*>(QStringLiteral("tabs"));
    }
    [[nodiscard]] QString status() const
    {
        return m_window->findChild<QLabel*>(QStringLiteral("recognizerStatus"))->text();
    }
    void show()
    {
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void drawStroke()
    {
        m_window->drawTab()->drawing()->beginStroke({500, 500}, 60);
        m_window->drawTab()->drawing()->endGesture();
    }
    [[nodiscard]] QAction* menuAction(const QString& text) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Recognizer> m_recognizer;
    std::unique_ptr<MyDigits> m_digits;
    std::unique_ptr<MainWindow> m_window;
};

void MainWindowTest::initTestCase()
{
    qputenv("DIGITPAD_ENGINE", "/nonexistent");
    QCoreApplication::setOrganizationName(QStringLiteral("DigitPad"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_mainwindow"));
}

void MainWindowTest::init()
{
    QSettings().clear();
    m_folder = std::make_unique<QTemporaryDir>();
    m_recognizer = std::make_unique<Recognizer>();
    m_digits = std::make_unique<MyDigits>(m_folder->filePath(QStringLiteral("my-digits.jsonl")));
    m_window = std::make_unique<MainWindow>(m_recognizer.get(), m_digits.get());
}

void MainWindowTest::cleanup()
{
    m_window.reset();
    m_digits.reset();
    m_recognizer.reset();
}

QAction* MainWindowTest::menuAction(const QString& text) const
{
    for (const QMenu* menu : m_window->menuBar()->findChildren<QMenu*>()) {
        for (QAction* action : menu->actions()) {
            QString shown = action->text();
            if (shown.remove(QLatin1Char('&')) == text) {
                return action;
            }
        }
    }
    return nullptr;
}

void MainWindowTest::trainingTabComesAfterTheFirstPaint()
{
    QSignalSpy painted(m_window.get(), &MainWindow::firstPainted);
    // While LibTorch is loaded after that, a tab that starts a thread would wait for it.
    bool allThere = false;
    connect(m_window.get(), &MainWindow::firstPainted, this, [this, &allThere] {
        allThere = m_window->dataTab() && m_window->trainingTab() && m_window->evaluationTab() &&
                   m_window->myDigitsTab();
    });
    QVERIFY(!m_window->trainingTab());
    show();
    QTRY_COMPARE(painted.count(), 1);
    QVERIFY(allThere);
    m_window->repaint();
    QCoreApplication::processEvents();
    QCOMPARE(painted.count(), 1);
}

void MainWindowTest::trainingTabComesWithItsFirstShowing()
{
    tabs()->setCurrentIndex(2);
    QVERIFY(m_window->trainingTab());
}

/// Tabs are made in parts, over several turns of the event loop; who opens one meanwhile gets all of it,
/// once.
void MainWindowTest::tabsComeWholeWhenOpenedHalfMade()
{
    const auto sections = [this] { return m_window->findChildren<FormSection*>(); };
    const auto pages = [this] {
        return m_window->findChildren<FiguresPage*>().size() +
               m_window->findChildren<ReadingsPage*>().size() +
               m_window->findChildren<ComparisonPage*>().size();
    };
    const auto turnsUntil = [](const auto& there) {
        for (int turn = 0; turn < 1'000 && !there(); ++turn) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        return there();
    };
    m_window->show();
    QVERIFY(turnsUntil([&] { return sections().size() >= 2; }));
    QCOMPARE(sections().size(), 2);
    QVERIFY(!m_window->trainingTab());
    QVERIFY(!sections().first()->isVisible());
    tabs()->setCurrentIndex(2);
    QVERIFY(m_window->trainingTab());
    QCOMPARE(sections().size(), 6);
    for (const FormSection* section : sections()) {
        QTRY_VERIFY(section->isVisible());
        QVERIFY(m_window->trainingTab()->isAncestorOf(section));
    }

    QVERIFY(turnsUntil([&] { return pages() >= 2; }));
    QCOMPARE(pages(), 2);
    QVERIFY(!m_window->evaluationTab());
    tabs()->setCurrentIndex(3);
    QVERIFY(m_window->evaluationTab());
    QCOMPARE(pages(), 3);
    QTRY_VERIFY(m_window->myDigitsTab());
    QCOMPARE(sections().size(), 6);
    QCOMPARE(pages(), 3);
}

void MainWindowTest::theStatusFollowsTheRecognizer()
{
    QCOMPARE(status(), QStringLiteral("Recogniser: loading…"));
    m_recognizer->start();
    QTRY_COMPARE(status(), QStringLiteral("Recogniser: not available"));
    m_recognizer->useModel(std::make_shared<FakeModel>(), QStringLiteral("mine.pt"));
    QTRY_COMPARE(status(), QStringLiteral("Recogniser: mine.pt"));
}

void MainWindowTest::tabsByKey()
{
    show();
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(tabs()->currentIndex(), 1);
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(tabs()->currentIndex(), 0);
    QVERIFY(m_window->findChild<DrawingCanvas*>()->hasFocus());
}

void MainWindowTest::drawingKeysRestOnTheTrainingTab()
{
    show();
    drawStroke();
    tabs()->setCurrentIndex(2);
    QTest::keyClick(m_window.get(), Qt::Key_Delete);
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!m_window->drawTab()->drawing()->empty());
    QVERIFY(!m_window->drawTab()->actions()->undo->isEnabled());
    tabs()->setCurrentIndex(0);
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(m_window->drawTab()->drawing()->empty());
}

void MainWindowTest::keysOfMyDigitsRestElsewhere()
{
    show();
    drawStroke();
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
    QTest::keyClick(m_window.get(), Qt::Key_7);
    QTest::keyClick(m_window.get(), Qt::Key_4, Qt::ControlModifier);
    QCOMPARE(tabs()->currentIndex(), 3);
    QTest::keyClick(m_window.get(), Qt::Key_7);
    QTest::keyClick(m_window.get(), Qt::Key_5, Qt::ControlModifier);
    QCOMPARE(tabs()->currentIndex(), 4);
    QTest::keyClick(m_window.get(), Qt::Key_7);
    QVERIFY(m_digits->digits().empty());
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
    QTest::keyClick(m_window.get(), Qt::Key_7);
    QCOMPARE(m_digits->digits().size(), std::size_t{1});
}

void MainWindowTest::aDigitOfMineOpensOnThePad()
{
    show();
    drawStroke();
    QTest::keyClick(m_window.get(), Qt::Key_7);
    QVERIFY(m_window->drawTab()->drawing()->empty());
    tabs()->setCurrentIndex(4);
    auto* view = m_window->myDigitsTab()->findChild<QListView*>(QStringLiteral("digits"));
    QTRY_VERIFY(view->isVisible() && view->hasFocus());
    view->setCurrentIndex(view->model()->index(0, 0));
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(tabs()->currentIndex(), 0);
    QCOMPARE(m_window->drawTab()->drawing()->content().ink.strokes.size(), std::size_t{1});
}

void MainWindowTest::troubleWithMyDigitsIsSaidWhereOneLooks()
{
    QVERIFY(QDir().mkpath(m_digits->path())); // A folder where the file goes.
    show();
    const auto messageIn = [](QWidget* tab) { return tab->findChild<MessageBar*>()->text(); };
    drawStroke();
    QTest::keyClick(m_window.get(), Qt::Key_7);
    QTRY_VERIFY(messageIn(m_window->drawTab()).contains(m_digits->path()));
    tabs()->setCurrentIndex(4);
    QVERIFY(QDir().rmdir(m_digits->path()));
    m_digits->importFrom(m_folder->filePath(QStringLiteral("missing.jsonl")));
    QTRY_VERIFY(messageIn(m_window->myDigitsTab()).contains(QStringLiteral("missing.jsonl")));
    QTRY_VERIFY(!m_digits->hasUnsavedChanges());
}

void MainWindowTest::unsavedDigitsAreNotLostByClosing()
{
    QVERIFY(QDir().mkpath(m_digits->path()));
    show();
    drawStroke();
    QTest::keyClick(m_window.get(), Qt::Key_7);
    QTRY_VERIFY(!m_digits->saveProblem().isEmpty());
    const auto box = [this] { return m_window->findChild<QMessageBox*>(QStringLiteral("digitsQuestion")); };
    QVERIFY(!m_window->close());
    QVERIFY(!m_window->close()); // One question is enough.
    QVERIFY(box() && box()->isVisible());
    QVERIFY(box()->informativeText().contains(m_digits->path()));
    QTest::keyClick(box(), Qt::Key_Escape);
    QTRY_VERIFY(!box());
    QVERIFY(m_window->isVisible());
    QVERIFY(QDir().rmdir(m_digits->path()));
    m_digits->retry();
    QTRY_VERIFY(!m_digits->hasUnsavedChanges());
    QVERIFY(m_window->close());
}

void MainWindowTest::geometryAndTabAreRemembered()
{
    const QSize size(794, 700); // On the screen of 800 × 800 that tests have; larger windows are cut to it.
    m_window->resize(size);
    show();
    tabs()->setCurrentIndex(2);
    QVERIFY(m_window->close());
    m_window = std::make_unique<MainWindow>(m_recognizer.get(), m_digits.get());
    QCOMPARE(m_window->size(), size);
    QCOMPARE(tabs()->currentIndex(), 2);
}

void MainWindowTest::theBundledModelComesBack()
{
    QAction* action = menuAction(QStringLiteral("Use the Bundled Model"));
    QVERIFY(action && !action->isEnabled());
    m_recognizer->start();
    QTRY_COMPARE(m_recognizer->state(), Recognizer::State::Failed);
    const auto bundled = std::make_shared<FakeModel>();
    m_recognizer->useModel(bundled, Recognizer::tr("Bundled model"));
    QTRY_COMPARE(m_recognizer->model(), std::shared_ptr<const Model>(bundled));
    QVERIFY(!action->isEnabled());
    m_recognizer->useModel(std::make_shared<FakeModel>(), QStringLiteral("mine.pt"));
    QTRY_VERIFY(action->isEnabled());
    action->trigger();
    QTRY_COMPARE(m_recognizer->model(), std::shared_ptr<const Model>(bundled));
    QCOMPARE(status(), QStringLiteral("Recogniser: Bundled model"));
}

void MainWindowTest::droppedInkOpensOnThePad()
{
    show();
    tabs()->setCurrentIndex(2);
    Ink ink;
    ink.add({{{200, 200}, {800, 800}}, 60});
    const QString path = m_folder->filePath(QStringLiteral("a.inkml"));
    QVERIFY(writeInkMl(ink, path));
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, {});
    QApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, {});
    QApplication::sendEvent(m_window.get(), &drop);
    QCOMPARE(tabs()->currentIndex(), 0);
    QTRY_COMPARE(m_window->drawTab()->drawing()->content().ink.strokes.size(), std::size_t{1});
}

void MainWindowTest::droppedDataOpenInTheirTab()
{
    show();
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(m_folder->path())});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, {});
    QApplication::sendEvent(m_window.get(), &enter);
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, {});
    QApplication::sendEvent(m_window.get(), &drop);
    QCOMPARE(tabs()->currentIndex(), 1);
    // The folder is empty.
    const auto title = [this] {
        return m_window->dataTab()->findChild<QLabel*>(QStringLiteral("dataFailedTitle"));
    };
    QTRY_VERIFY(title()->isVisible());
}

void MainWindowTest::fullScreenByKey()
{
    show();
    QTest::keyClick(m_window.get(), Qt::Key_F11);
    QVERIFY(m_window->isFullScreen());
    QTest::keyClick(m_window.get(), Qt::Key_F11);
    QVERIFY(!m_window->isFullScreen());
}

void MainWindowTest::aboutNamesTheVersions()
{
    show();
    m_recognizer->start();
    m_recognizer->useModel(std::make_shared<FakeModel>(), QStringLiteral("mine.pt"));
    QTRY_COMPARE(m_recognizer->state(), Recognizer::State::Ready);
    menuAction(QStringLiteral("About DigitPad"))->trigger();
    auto* box = m_window->findChild<QMessageBox*>(QStringLiteral("about"));
    QVERIFY(box && box->isVisible());
    QVERIFY(box->text().contains(QStringLiteral(DIGITPAD_VERSION)));
    QVERIFY(box->informativeText().contains(QLatin1String(qVersion())));
    QVERIFY(box->informativeText().contains(QStringLiteral("LibTorch is not loaded.")));
    QVERIFY(box->informativeText().contains(QStringLiteral("98.00\u00A0% right")));
    QTest::keyClick(box, Qt::Key_Escape);
}

void MainWindowTest::shortcutsAreListed()
{
    show();
    QTest::keyClick(m_window.get(), Qt::Key_F1);
    auto* dialog = m_window->findChild<QDialog*>(QStringLiteral("shortcuts"));
    QVERIFY(dialog && dialog->isVisible());
    QStringList texts;
    for (const QLabel* label : dialog->findChildren<QLabel*>()) {
        texts.append(label->text());
    }
    QVERIFY(texts.contains(QStringLiteral("Ctrl+Z")));
    QVERIFY(texts.contains(QStringLiteral("Del or Ctrl+Backspace")));
    QVERIFY(texts.contains(QStringLiteral("Full Screen")));
    QVERIFY(texts.contains(QStringLiteral("Zoom along the run"))); // Of the charts, which have no menu.
    QVERIFY2(dialog->sizeHint().height() <= 700, qPrintable(QString::number(dialog->sizeHint().height())));
    QTest::keyClick(dialog, Qt::Key_Escape);
}

void MainWindowTest::everyMenuEntryHasItsOwnShortcut()
{
    QSet<QKeySequence> seen;
    for (const QMenu* menu : m_window->menuBar()->findChildren<QMenu*>()) {
        for (const QAction* action : menu->actions()) {
            for (const QKeySequence& keys : action->shortcuts()) {
                QVERIFY2(!seen.contains(keys), qPrintable(keys.toString()));
                seen.insert(keys);
            }
        }
    }
    QVERIFY(seen.size() > 15);
}

QTEST_MAIN(MainWindowTest)
#include "tst_mainwindow.moc"
