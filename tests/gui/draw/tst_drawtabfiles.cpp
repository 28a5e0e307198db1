#include "core/ink/inkfile.h"
#include "tests/gui/draw/drawtabfixture.h"
#include "ui/draw/drawactions.h"
#include "ui/draw/padfiles.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QMimeData>
#include <QPainter>
#include <QThreadPool>
#include <QUrl>

using namespace digitpad;
using test::DrawTabFixture;

class DrawTabFilesTest : public DrawTabFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { forgetEngine(); }
    void init() { makeTab(); }
    void cleanup() { removeTab(); }

    void savedFilesOpenAgain_data();
    void savedFilesOpenAgain();
    void openingIsOneUndoStep();
    void badFilesAreExplained_data();
    void badFilesAreExplained();
    void savingFailsInWords_data();
    void savingFailsInWords();
    void aFailedSaveKeepsTheOldFile();
    void savingPictureAndInkAsInkWarns();
    void copyAndPaste();
    void pastingNothingIsExplained();
    void droppedFilesOpen();
    void theOpenDialogTakesAFile();
    void theSaveDialogAddsTheEnding();
    void aModelThatFailsIsReported();
    void slowReadersDoNotOverwriteNewerFiles();
};

void DrawTabFilesTest::savedFilesOpenAgain_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("ink");
    QTest::newRow("InkML") << QStringLiteral("seven.inkml") << true;
    QTest::newRow("JSON Lines") << QStringLiteral("seven.jsonl") << true;
    QTest::newRow("PNG") << QStringLiteral("seven.png") << false;
}

void DrawTabFilesTest::savedFilesOpenAgain()
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

void DrawTabFilesTest::openingIsOneUndoStep()
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

void DrawTabFilesTest::badFilesAreExplained_data()
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

void DrawTabFilesTest::badFilesAreExplained()
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

void DrawTabFilesTest::savingFailsInWords_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("InkML") << QStringLiteral("x.inkml");
    QTest::newRow("JSON Lines") << QStringLiteral("x.jsonl");
    QTest::newRow("PNG") << QStringLiteral("x.png");
}

void DrawTabFilesTest::savingFailsInWords()
{
    QFETCH(QString, name);
    drawLine();
    m_tab->saveFile(m_folder->filePath(QStringLiteral("missing/") + name));
    QTRY_VERIFY(message().contains(name));
    QCOMPARE(m_tab->findChild<MessageBar*>()->tone(), Tone::Error);
}

void DrawTabFilesTest::aFailedSaveKeepsTheOldFile()
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

void DrawTabFilesTest::savingPictureAndInkAsInkWarns()
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

void DrawTabFilesTest::copyAndPaste()
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

void DrawTabFilesTest::pastingNothingIsExplained()
{
    QApplication::clipboard()->setText(QStringLiteral("no picture"));
    press(Qt::Key_V, Qt::ControlModifier);
    QVERIFY(message().contains(QStringLiteral("no picture to paste")));
}

void DrawTabFilesTest::droppedFilesOpen()
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

void DrawTabFilesTest::theOpenDialogTakesAFile()
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

void DrawTabFilesTest::theSaveDialogAddsTheEnding()
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

void DrawTabFilesTest::aModelThatFailsIsReported()
{
    m_recognizer->start();
    QTRY_COMPARE(m_recognizer->state(), Recognizer::State::Failed);
    write(file("bad.pt"), "garbage");
    m_tab->openFile(file("bad.pt")); // A model goes to the recogniser, not on the pad.
    QTRY_VERIFY(!message().isEmpty());
    QVERIFY(m_tab->drawing()->empty());
}

void DrawTabFilesTest::slowReadersDoNotOverwriteNewerFiles()
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

QTEST_MAIN(DrawTabFilesTest)
#include "tst_drawtabfiles.moc"
