#include "core/ink/inkfile.h"
#include "tests/gui/draw/fakemodel.h"
#include "ui/draw/brushsize.h"
#include "ui/draw/drawactions.h"
#include "ui/draw/drawingcanvas.h"
#include "ui/draw/drawtab.h"
#include "ui/draw/padfiles.h"
#include "ui/draw/probabilitybars.h"
#include "ui/widgets/messagebar.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QMimeData>
#include <QPainter>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QToolButton>
#include <QUrl>

#include <memory>

using namespace digitpad;
using test::FakeModel;

class DrawTabTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void theDrawingIsReadWhileItIsDrawn();
    void theNetworkGetsWhatIsOnThePad();
    void clearingShowsNoGuess();
    void undoAndRedoByKey();
    void undoDropsTheStrokeInProgress();
    void clearByKey_data();
    void clearByKey();
    void toolsByKey();
    void brushSizeByKey();
    void brushSizeReachesTheStroke();
    void actionsFollowThePad();
    void inactiveActionsDoNothing();
    void toolTipsNameTheirKeys();
    void everyButtonHasANameAndAnIcon();
    void tabOrderGoesThroughTheTools();
    void savedFilesOpenAgain_data();
    void savedFilesOpenAgain();
    void openingIsOneUndoStep();
    void badFilesAreExplained_data();
    void badFilesAreExplained();
    void savingFailsInWords_data();
    void savingFailsInWords();
    void aFailedSaveKeepsTheOldFile();
    void savingPictureAndInkAsInkWarns();
    void escapeClosesTheMessage();
    void copyAndPaste();
    void pastingNothingIsExplained();
    void droppedFilesOpen();
    void theOpenDialogTakesAFile();
    void theSaveDialogAddsTheEnding();
    void aModelThatFailsIsReported();
    void slowReadersDoNotOverwriteNewerFiles();

private:
    [[nodiscard]] DrawingCanvas* canvas() const { return m_tab->findChild<DrawingCanvas*>(); }
    [[nodiscard]] ProbabilityBars* bars() const { return m_tab->findChild<ProbabilityBars*>(); }
    [[nodiscard]] QString message() const { return m_tab->findChild<MessageBar*>()->text(); }
    [[nodiscard]] QString labelText(const char* name) const
    {
        return m_tab->findChild<QLabel*>(QLatin1String(name))->text();
    }
    [[nodiscard]] std::size_t strokes() const { return m_tab->drawing()->content().ink.strokes.size(); }
    [[nodiscard]] QString file(const char* name) const { return m_folder->filePath(QLatin1String(name)); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(canvas(), key, modifiers);
    }
    void drawLine(double y = 500);
    void write(const QString& path, const QByteArray& bytes);
    void useModel();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Recognizer> m_recognizer;
    std::shared_ptr<FakeModel> m_model;
    std::unique_ptr<DrawTab> m_tab;
};

void DrawTabTest::initTestCase()
{
    qputenv("DIGITPAD_ENGINE", "/nonexistent"); // The models of this test need none.
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
}

void DrawTabTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_recognizer = std::make_unique<Recognizer>();
    m_model = std::make_shared<FakeModel>();
    m_tab = std::make_unique<DrawTab>(m_recognizer.get());
    m_tab->resize(960, 640);
    m_tab->show();
    QVERIFY(QTest::qWaitForWindowActive(m_tab.get()));
    m_tab->focusPad();
}

void DrawTabTest::cleanup()
{
    m_tab.reset();
    m_recognizer.reset();
}

void DrawTabTest::useModel()
{
    m_recognizer->start();
    QTRY_COMPARE(m_recognizer->state(), Recognizer::State::Failed);
    m_recognizer->useModel(m_model, QStringLiteral("Test model"));
    QTRY_COMPARE(m_recognizer->state(), Recognizer::State::Ready);
}

void DrawTabTest::drawLine(double y)
{
    const QRect pad = canvas()->padRect();
    const auto at = [&](double x) {
        return pad.topLeft() + QPoint(int(x * pad.width()), int(y / 1000 * pad.width()));
    };
    QTest::mousePress(canvas(), Qt::LeftButton, {}, at(0.3));
    for (double x = 0.35; x < 0.7; x += 0.05) {
        QMouseEvent move(QEvent::MouseMove, at(x), canvas()->mapToGlobal(QPointF(at(x))), Qt::NoButton,
                         Qt::LeftButton, {});
        QApplication::sendEvent(canvas(), &move);
    }
    QTest::mouseRelease(canvas(), Qt::LeftButton, {}, at(0.7));
}

void DrawTabTest::write(const QString& path, const QByteArray& bytes)
{
    QFile out(path);
    QVERIFY(out.open(QIODevice::WriteOnly));
    QCOMPARE(out.write(bytes), bytes.size());
}

void DrawTabTest::theDrawingIsReadWhileItIsDrawn()
{
    useModel();
    const QRect pad = canvas()->padRect();
    QTest::mousePress(canvas(), Qt::LeftButton, {}, pad.center());
    QTRY_COMPARE(labelText("bestDigit"), QStringLiteral("7")); // The button is still down.
    QCOMPARE(bars()->values()[7], 0.97F);
    QCOMPARE(labelText("modelName"), QStringLiteral("Model: Test model"));
    const int before = m_model->state->asked;
    QMouseEvent move(QEvent::MouseMove, pad.center() + QPoint(50, 0),
                     canvas()->mapToGlobal(QPointF(pad.center()) + QPointF(50, 0)), Qt::NoButton,
                     Qt::LeftButton, {});
    QApplication::sendEvent(canvas(), &move);
    QTRY_VERIFY(m_model->state->asked > before);
    QTest::mouseRelease(canvas(), Qt::LeftButton, {}, pad.center() + QPoint(50, 0));
}

void DrawTabTest::theNetworkGetsWhatIsOnThePad()
{
    useModel();
    drawLine();
    QTRY_VERIFY(m_model->state->asked > 0);
    QTRY_VERIFY([this] {
        const std::lock_guard lock(m_model->state->mutex);
        const DigitImage& image = m_model->state->newest; // A line across the middle, 20 pixels long.
        return image.at(6, 14) > 128 && image.at(22, 14) > 128 && image.at(14, 4) == 0;
    }());
}

void DrawTabTest::clearingShowsNoGuess()
{
    useModel();
    drawLine();
    QTRY_COMPARE(labelText("bestDigit"), QStringLiteral("7"));
    press(Qt::Key_Delete);
    QCOMPARE(labelText("bestDigit"), QStringLiteral("–")); // At once, not after the next reading.
    QCOMPARE(bars()->values(), ProbabilityBars::Values{});
    const int asked = m_model->state->asked;
    QTRY_VERIFY(m_model->state->asked > asked);
    QCoreApplication::processEvents();
    QCOMPARE(labelText("bestDigit"), QStringLiteral("–"));
}

void DrawTabTest::undoAndRedoByKey()
{
    drawLine(300);
    drawLine(600);
    press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(strokes(), std::size_t{1});
    press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(strokes(), std::size_t{2});
    press(Qt::Key_Z, Qt::ControlModifier);
    press(Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(strokes(), std::size_t{2});
}

void DrawTabTest::undoDropsTheStrokeInProgress()
{
    drawLine(300);
    QTest::mousePress(canvas(), Qt::LeftButton, {}, canvas()->padRect().center());
    QCOMPARE(strokes(), std::size_t{2});
    press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(strokes(), std::size_t{1});
    QTest::mouseRelease(canvas(), Qt::LeftButton, {}, canvas()->padRect().center());
    QCOMPARE(strokes(), std::size_t{1});
}

void DrawTabTest::clearByKey_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<Qt::KeyboardModifier>("modifier");
    QTest::newRow("Delete") << Qt::Key_Delete << Qt::NoModifier;
    QTest::newRow("Ctrl+Backspace") << Qt::Key_Backspace << Qt::ControlModifier;
}

void DrawTabTest::clearByKey()
{
    QFETCH(Qt::Key, key);
    QFETCH(Qt::KeyboardModifier, modifier);
    drawLine();
    press(key, modifier);
    QVERIFY(m_tab->drawing()->empty());
    press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(strokes(), std::size_t{1});
}

void DrawTabTest::toolsByKey()
{
    press(Qt::Key_E);
    QCOMPARE(canvas()->tool(), DrawingCanvas::Tool::Eraser);
    QVERIFY(m_tab->actions()->eraser->isChecked());
    press(Qt::Key_B);
    QCOMPARE(canvas()->tool(), DrawingCanvas::Tool::Pen);
    QVERIFY(!m_tab->actions()->eraser->isChecked());
}

void DrawTabTest::brushSizeByKey()
{
    auto* slider = m_tab->findChild<QSlider*>(QStringLiteral("brushSlider"));
    QCOMPARE(slider->value(), 6);
    press(Qt::Key_BracketRight);
    QCOMPARE(slider->value(), 7);
    press(Qt::Key_BracketLeft);
    press(Qt::Key_BracketLeft);
    QCOMPARE(slider->value(), 5);
    QCOMPARE(canvas()->brushWidth(), 50.0F);
    for (int i = 0; i < 40; ++i) {
        press(Qt::Key_BracketRight);
    }
    QCOMPARE(slider->value(), 20);
    for (int i = 0; i < 40; ++i) {
        press(Qt::Key_BracketLeft);
    }
    QCOMPARE(slider->value(), 1);
}

void DrawTabTest::brushSizeReachesTheStroke()
{
    m_tab->findChild<QSlider*>(QStringLiteral("brushSlider"))->setValue(12);
    drawLine();
    QCOMPARE(m_tab->drawing()->content().ink.strokes[0]->width, 120.0F);
}

void DrawTabTest::actionsFollowThePad()
{
    const DrawActions* actions = m_tab->actions();
    QVERIFY(!actions->undo->isEnabled() && !actions->redo->isEnabled() && !actions->clear->isEnabled());
    QVERIFY(!actions->save->isEnabled() && !actions->copy->isEnabled());
    QVERIFY(actions->open->isEnabled());
    drawLine();
    QVERIFY(actions->undo->isEnabled() && actions->clear->isEnabled() && actions->save->isEnabled());
    QCOMPARE(actions->undo->toolTip(), QStringLiteral("Undo: stroke (Ctrl+Z)"));
    actions->undo->trigger();
    QVERIFY(actions->redo->isEnabled());
    QVERIFY(!actions->undo->isEnabled());
}

void DrawTabTest::inactiveActionsDoNothing()
{
    drawLine();
    m_tab->actions()->setActive(false);
    press(Qt::Key_Delete);
    QCOMPARE(strokes(), std::size_t{1});
    m_tab->actions()->setActive(true);
    press(Qt::Key_Delete);
    QCOMPARE(strokes(), std::size_t{0});
}

void DrawTabTest::toolTipsNameTheirKeys()
{
    const DrawActions* actions = m_tab->actions();
    QVERIFY(actions->pen->toolTip().endsWith(QStringLiteral("(B)")));
    QVERIFY(actions->eraser->toolTip().endsWith(QStringLiteral("(E)")));
    QVERIFY(actions->clear->toolTip().endsWith(QStringLiteral("(Del)")));
    QVERIFY(actions->open->toolTip().endsWith(QStringLiteral("(Ctrl+O)")));
    QVERIFY(actions->save->toolTip().endsWith(QStringLiteral("(Ctrl+S)")));
}

void DrawTabTest::everyButtonHasANameAndAnIcon()
{
    const auto buttons = m_tab->findChildren<QToolButton*>();
    int shown = 0;
    for (const QToolButton* button : buttons) {
        if (!button->isVisible()) {
            continue;
        }
        ++shown;
        QVERIFY(!button->text().isEmpty() || !button->accessibleName().isEmpty());
        const QImage image = button->icon().pixmap(24).toImage();
        bool drawn = false;
        for (int i = 0; i < image.width() * image.height(); ++i) {
            drawn = drawn || image.pixelColor(i % image.width(), i / image.width()).alpha() > 128;
        }
        QVERIFY2(drawn, qPrintable(button->text()));
    }
    QCOMPARE(shown, 7);
}

void DrawTabTest::tabOrderGoesThroughTheTools()
{
    QSet<QWidget*> seen;
    for (int i = 0; i < 20; ++i) {
        seen.insert(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QVERIFY(seen.contains(canvas()));
    QVERIFY(seen.contains(m_tab->findChild<QSlider*>(QStringLiteral("brushSlider"))));
    QVERIFY(seen.size() >= 5);
}

void DrawTabTest::savedFilesOpenAgain_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("ink");
    QTest::newRow("InkML") << QStringLiteral("seven.inkml") << true;
    QTest::newRow("JSON Lines") << QStringLiteral("seven.jsonl") << true;
    QTest::newRow("PNG") << QStringLiteral("seven.png") << false;
}

void DrawTabTest::savedFilesOpenAgain()
{
    QFETCH(QString, name);
    QFETCH(bool, ink);
    drawLine();
    const PadContent before = m_tab->drawing()->content();
    m_tab->saveFile(m_folder->filePath(name));
    QTRY_COMPARE(message(), QStringLiteral("Saved as “%1”.").arg(name));
    m_tab->drawing()->clear();
    m_tab->openFile(m_folder->filePath(name));
    QTRY_VERIFY(!m_tab->drawing()->empty());
    const PadContent after = m_tab->drawing()->content();
    QCOMPARE(after.picture != nullptr, !ink);
    if (ink) {
        QCOMPARE(after.ink.strokes.size(), std::size_t{1});
        QCOMPARE(after.ink.strokes[0]->points.size(), before.ink.strokes[0]->points.size());
        QVERIFY(std::abs(after.ink.strokes[0]->points[0].x - before.ink.strokes[0]->points[0].x) < 0.01F);
        QVERIFY(std::abs(after.ink.strokes[0]->width - before.ink.strokes[0]->width) < 0.01F);
    } else {
        QVERIFY(int(after.picture->row(after.picture->height / 2)[after.picture->width / 2]) > 200);
    }
}

void DrawTabTest::openingIsOneUndoStep()
{
    drawLine();
    m_tab->saveFile(file("a.inkml"));
    QTRY_VERIFY(QFile::exists(file("a.inkml")));
    drawLine(700);
    m_tab->openFile(file("a.inkml"));
    QTRY_COMPARE(strokes(), std::size_t{1});
    QCOMPARE(m_tab->actions()->undo->text(), QStringLiteral("&Undo: open “a.inkml”"));
    press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(strokes(), std::size_t{2});
}

void DrawTabTest::badFilesAreExplained_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no picture") << QStringLiteral("a.png") << QByteArray("hello");
    QTest::newRow("empty file") << QStringLiteral("empty.png") << QByteArray();
    QTest::newRow("broken InkML") << QStringLiteral("b.inkml") << QByteArray("<ink><trace>1 2, 3");
    QTest::newRow("InkML without strokes")
        << QStringLiteral("c.inkml") << QByteArray("<ink xmlns=\"http://www.w3.org/2003/InkML\"/>");
    QTest::newRow("broken line") << QStringLiteral("d.jsonl") << QByteArray("{\"strokes\": [[[1,\n");
    QTest::newRow("no lines") << QStringLiteral("e.jsonl") << QByteArray();
    QTest::newRow("broken gzip") << QStringLiteral("f.jsonl.gz") << QByteArray("\x1f\x8b\x08 no", 6);
}

void DrawTabTest::badFilesAreExplained()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    drawLine();
    const QString path = m_folder->filePath(name);
    write(path, bytes);
    m_tab->openFile(path);
    QTRY_VERIFY2(message().contains(name), qPrintable(message()));
    QCOMPARE(message().count(QLatin1Char('\n')), 0);
    QCOMPARE(m_tab->findChild<MessageBar*>()->tone(), Tone::Error);
    QCOMPARE(strokes(), std::size_t{1}); // The drawing stays.
}

void DrawTabTest::savingFailsInWords_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("InkML") << QStringLiteral("x.inkml");
    QTest::newRow("JSON Lines") << QStringLiteral("x.jsonl");
    QTest::newRow("PNG") << QStringLiteral("x.png");
}

void DrawTabTest::savingFailsInWords()
{
    QFETCH(QString, name);
    drawLine();
    m_tab->saveFile(m_folder->filePath(QStringLiteral("missing/") + name));
    QTRY_VERIFY(message().contains(name));
    QCOMPARE(m_tab->findChild<MessageBar*>()->tone(), Tone::Error);
}

void DrawTabTest::aFailedSaveKeepsTheOldFile()
{
    GrayImage picture(4, 4);
    picture.pixels.assign(16, 255);
    m_tab->drawing()->replace({{}, std::make_shared<const GrayImage>(picture)}, {}, false);
    write(file("old.inkml"), "old");
    m_tab->saveFile(file("old.inkml")); // There is no ink, only a picture.
    QTRY_VERIFY2(message().contains(QStringLiteral("save it as PNG")), qPrintable(message()));
    QFile old(file("old.inkml"));
    QVERIFY(old.open(QIODevice::ReadOnly));
    QCOMPARE(old.readAll(), QByteArray("old"));
}

void DrawTabTest::savingPictureAndInkAsInkWarns()
{
    GrayImage picture(4, 4);
    picture.pixels.assign(16, 255);
    m_tab->drawing()->replace({{}, std::make_shared<const GrayImage>(picture)}, {}, false);
    drawLine();
    m_tab->saveFile(file("both.inkml"));
    QTRY_VERIFY2(message().contains(QStringLiteral("without the picture")), qPrintable(message()));
    m_tab->saveFile(file("both.png"));
    QTRY_COMPARE(message(), QStringLiteral("Saved as “both.png”."));
}

void DrawTabTest::escapeClosesTheMessage()
{
    m_tab->openFile(file("missing.png"));
    QTRY_VERIFY(!message().isEmpty());
    press(Qt::Key_Escape);
    QCOMPARE(message(), QString());
}

void DrawTabTest::copyAndPaste()
{
    drawLine();
    press(Qt::Key_C, Qt::ControlModifier);
    const QImage copied = QApplication::clipboard()->image();
    QCOMPARE(copied.size(), QSize(512, 512));
    QCOMPARE(copied.pixelColor(256, 256), QColor(Qt::black));
    QCOMPARE(copied.pixelColor(256, 100), QColor(Qt::white));
    press(Qt::Key_Delete);
    press(Qt::Key_V, Qt::ControlModifier);
    QTRY_VERIFY(m_tab->drawing()->content().picture);
    QCOMPARE(m_tab->drawing()->undoStack()->undoText(), QStringLiteral("paste"));
}

void DrawTabTest::pastingNothingIsExplained()
{
    QApplication::clipboard()->setText(QStringLiteral("no picture"));
    press(Qt::Key_V, Qt::ControlModifier);
    QVERIFY(message().contains(QStringLiteral("no picture to paste")));
}

void DrawTabTest::droppedFilesOpen()
{
    drawLine();
    m_tab->saveFile(file("a b.png"));
    QTRY_VERIFY(QFile::exists(file("a b.png")));
    QMimeData mime;
    QVERIFY(!DrawTab::canOpen(&mime));
    mime.setUrls({QUrl(QStringLiteral("https://example.org/a.png"))});
    QVERIFY(!DrawTab::canOpen(&mime));
    mime.setUrls({QUrl::fromLocalFile(file("a b.png"))});
    QVERIFY(DrawTab::canOpen(&mime));
    m_tab->open(&mime);
    QTRY_VERIFY(m_tab->drawing()->content().picture);
}

void DrawTabTest::theOpenDialogTakesAFile()
{
    drawLine();
    m_tab->saveFile(file("a.inkml"));
    QTRY_VERIFY(QFile::exists(file("a.inkml")));
    press(Qt::Key_Delete);
    press(Qt::Key_O, Qt::ControlModifier);
    auto* dialog = m_tab->findChild<QFileDialog*>();
    QVERIFY(dialog);
    QVERIFY(dialog->nameFilters().first().contains(QStringLiteral("*.inkml")));
    Q_EMIT dialog->fileSelected(file("a.inkml"));
    dialog->close();
    QTRY_COMPARE(strokes(), std::size_t{1});
}

void DrawTabTest::theSaveDialogAddsTheEnding()
{
    QCOMPARE(withEnding(QStringLiteral("a"), saveFilters().at(0)), QStringLiteral("a.inkml"));
    QCOMPARE(withEnding(QStringLiteral("a"), saveFilters().at(1)), QStringLiteral("a.png"));
    QCOMPARE(withEnding(QStringLiteral("a.PNG"), saveFilters().at(0)), QStringLiteral("a.PNG"));
    QCOMPARE(withEnding(QStringLiteral("a.b"), saveFilters().at(2)), QStringLiteral("a.b.jsonl"));
    drawLine();
    press(Qt::Key_S, Qt::ControlModifier);
    auto* dialog = m_tab->findChild<QFileDialog*>();
    QVERIFY(dialog);
    QCOMPARE(dialog->acceptMode(), QFileDialog::AcceptSave);
    Q_EMIT dialog->fileSelected(file("drawn"));
    dialog->close();
    QTRY_VERIFY(QFile::exists(file("drawn.inkml")));
}

void DrawTabTest::aModelThatFailsIsReported()
{
    m_recognizer->start();
    QTRY_COMPARE(m_recognizer->state(), Recognizer::State::Failed);
    write(file("bad.pt"), "garbage");
    m_tab->openFile(file("bad.pt")); // A model goes to the recogniser, not on the pad.
    QTRY_VERIFY(!message().isEmpty());
    QVERIFY(m_tab->drawing()->empty());
}

void DrawTabTest::slowReadersDoNotOverwriteNewerFiles()
{
    QImage large(2400, 2400, QImage::Format_RGB32);
    large.fill(Qt::white);
    QPainter(&large).fillRect(500, 500, 900, 900, Qt::black);
    QVERIFY(large.save(file("large.png")));
    drawLine();
    m_tab->saveFile(file("small.inkml"));
    QTRY_VERIFY(QFile::exists(file("small.inkml")));
    press(Qt::Key_Delete);
    m_tab->openFile(file("large.png"));
    m_tab->openFile(file("small.inkml"));
    QTRY_COMPARE(strokes(), std::size_t{1});
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
    QVERIFY(!m_tab->drawing()->content().picture);
}

QTEST_MAIN(DrawTabTest)
#include "tst_drawtab.moc"
