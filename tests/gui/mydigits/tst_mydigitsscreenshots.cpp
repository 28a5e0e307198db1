// Writes a picture of each state of My digits into the build folder, in light and dark palettes; another
// registration in CTest does the same at twice the scale. A person looks at them; the test makes sure that
// there is something to look at.
#include "core/data/syntheticdigits.h"
#include "core/ink/inkfile.h"
#include "tests/gui/draw/fakemodel.h"
#include "tests/support/screenshots.h"
#include "tests/testfiles.h"
#include "ui/draw/corrections.h"
#include "ui/draw/drawtab.h"
#include "ui/mainwindow.h"
#include "ui/mydigits/mydigitstab.h"

#include <QApplication>
#include <QListView>
#include <QPushButton>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace digitpad;

class MyDigitsScreenshots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void shots_data();
    void shots();

private:
    void arrange(MainWindow& window, const QString& state);
    static QByteArray collection(int count);
};

void MyDigitsScreenshots::initTestCase()
{
    qputenv("DIGITPAD_ENGINE", "/nonexistent");
    test::beginScreenshots("tst_mydigitsscreenshots");
}

QByteArray MyDigitsScreenshots::collection(int count)
{
    Random random(3);
    QByteArray lines;
    for (int i = 0; i < count; ++i) {
        const int digit = static_cast<int>(random.below(10));
        lines += toJsonLine({syntheticDigit(digit, random), std::to_string(digit), {}, {}, {}}) + '\n';
    }
    return lines;
}

void MyDigitsScreenshots::shots_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<bool>("dark");
    for (const char* state : {"empty", "grid", "selected", "deleted", "none", "small", "kept", "hover"}) {
        for (const bool dark : {false, true}) {
            QTest::addRow("%s, %s", state, dark ? "dark" : "light") << QString::fromLatin1(state) << dark;
        }
    }
}

void MyDigitsScreenshots::arrange(MainWindow& window, const QString& state)
{
    MyDigitsTab* tab = window.myDigitsTab();
    auto* view = tab->findChild<QListView*>(QStringLiteral("digits"));
    tab->learnButton()->setVisible(state != u"empty");
    if (state == u"selected" || state == u"deleted" || state == u"small") {
        for (int row = 4; row < 9; ++row) {
            view->selectionModel()->select(view->model()->index(row, 0), QItemSelectionModel::Select);
        }
        view->selectionModel()->setCurrentIndex(view->model()->index(8, 0), QItemSelectionModel::NoUpdate);
    }
    if (state == u"deleted") {
        QTest::keyClick(view, Qt::Key_Delete);
    } else if (state == u"none") {
        tab->findChild<QAbstractButton*>(QStringLiteral("show5"))->click();
        view->selectAll();
        QTest::keyClick(view, Qt::Key_Delete);
    } else if (state == u"kept" || state == u"hover") {
        window.findChild<QTabWidget*>(QStringLiteral("tabs"))->setCurrentIndex(0);
        window.drawTab()->corrections()->clearAfterKeeping()->setChecked(false);
        Random random(5);
        window.drawTab()->drawing()->replace({syntheticDigit(7, random), nullptr}, {}, true);
        if (state == u"kept") {
            QTest::keyClick(window.drawTab()->focusProxy(), Qt::Key_7);
        } else {
            window.drawTab()->findChild<QWidget*>(QStringLiteral("bar4"))->setFocus(Qt::TabFocusReason);
            QTest::mouseMove(window.drawTab()->findChild<QWidget*>(QStringLiteral("bar1")));
        }
    }
}

void MyDigitsScreenshots::shots()
{
    QFETCH(QString, state);
    QFETCH(bool, dark);
    test::useLightOrDark(dark);
    const QTemporaryDir folder;
    Recognizer recognizer;
    MyDigits digits(test::writeFile(folder.filePath(QStringLiteral("my-digits.jsonl")),
                                    collection(state == u"empty" ? 0 : 137)));
    digits.start();
    QTRY_COMPARE(digits.state(), MyDigits::State::Ready);
    MainWindow window(&recognizer, &digits);
    window.resize(state == u"small" ? QSize(1, 1) : QSize(980, 720));
    window.findChild<QTabWidget*>(QStringLiteral("tabs"))->setCurrentIndex(4);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    recognizer.start();
    recognizer.useModel(std::make_shared<test::FakeModel>(), QStringLiteral("Bundled model"));
    QTRY_COMPARE(recognizer.state(), Recognizer::State::Ready);
    arrange(window, state);
    QTest::qWait(50); // The last picture of the pad is being read.

    test::saveScreenshot(window, QStringLiteral("mydigits-") + state, dark);
}

QTEST_MAIN(MyDigitsScreenshots)
#include "tst_mydigitsscreenshots.moc"
