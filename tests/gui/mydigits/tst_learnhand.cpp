// “Learn My Hand” in the window, with the real module: from the menu to the model in use, and back.
#include "tests/support/strangehand.h"
#include "ui/mainwindow.h"
#include "ui/mydigits/learnhand.h"
#include "ui/mydigits/learnhanddialog.h"
#include "ui/mydigits/mydigitstab.h"
#include "ui/widgets/messagebar.h"

#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace digitpad;
using namespace digitpad::test;

class LearnHandTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Recognizer> m_recognizer;
    std::unique_ptr<MyDigits> m_digits;
    std::unique_ptr<MainWindow> m_window;

    void start()
    {
        m_recognizer = std::make_unique<Recognizer>();
        m_digits = std::make_unique<MyDigits>(m_folder->filePath(QStringLiteral("my-digits.jsonl")));
        m_window = std::make_unique<MainWindow>(m_recognizer.get(), m_digits.get());
        connect(m_window.get(), &MainWindow::firstPainted, this, [this] {
            m_recognizer->start();
            m_digits->start();
        });
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void end()
    {
        m_window.reset();
        m_digits.reset();
        m_recognizer.reset();
    }
    [[nodiscard]] bool waitForModel(const QString& name) const
    {
        return QTest::qWaitFor([&] { return m_recognizer->modelName() == name; }, 30'000);
    }
    [[nodiscard]] LearnHand* learnHand() const { return m_window->learnHand(); }
    void learnAndUse() const
    {
        learnHand()->learnAction()->trigger();
        LearnHandDialog* dialog = learnHand()->dialog();
        QVERIFY(dialog != nullptr);
        HandLearningOptions options;
        options.images = 640;
        options.folds = 2;
        dialog->setOptions(options, std::make_shared<const OtherHands>(otherHands(400, 100)));
        QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("learn")), Qt::LeftButton);
        auto* use = dialog->findChild<QPushButton*>(QStringLiteral("useNew"));
        QTRY_VERIFY_WITH_TIMEOUT(use->isVisible(), 60'000);
        QTest::mouseClick(use, Qt::LeftButton);
        QVERIFY(waitForModel(HandModel::displayName()));
    }
    /// The visible bar that offers the way back.
    [[nodiscard]] QToolButton* goBackButton() const
    {
        for (const MessageBar* bar : m_window->findChildren<MessageBar*>()) {
            for (QToolButton* button : bar->findChildren<QToolButton*>()) {
                if (button->isVisible() &&
                    button->text() == QStringLiteral("Go Back to the Previous Model")) {
                    return button;
                }
            }
        }
        return nullptr;
    }

private Q_SLOTS:
    void init()
    {
        qputenv("DIGITPAD_MODEL", DIGITPAD_BIN_DIR "/models/digitpad.pt"); // As beside the program.
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        start();
        QVERIFY(waitForModel(Recognizer::tr("Bundled model")));
        for (const LabelledInk& drawing : strangeHand(2, 1)) {
            m_digits->add(drawing.ink, drawing.digit);
        }
    }
    void cleanup() { end(); }

    void oneClickGoesBack()
    {
        QVERIFY(!learnHand()->goBackAction()->isEnabled());
        learnAndUse();
        QVERIFY(learnHand()->goBackAction()->isEnabled());
        QToolButton* back = goBackButton();
        QVERIFY(back != nullptr);
        QTest::mouseClick(back, Qt::LeftButton);
        QVERIFY(waitForModel(Recognizer::tr("Bundled model")));
        QVERIFY(!learnHand()->goBackAction()->isEnabled());
    }

    void menuGoesBackAfterARestart()
    {
        learnAndUse();
        end();
        start();
        QVERIFY(waitForModel(HandModel::displayName()));
        QTRY_VERIFY(learnHand()->goBackAction()->isEnabled());
        learnHand()->goBackAction()->trigger();
        QVERIFY(waitForModel(Recognizer::tr("Bundled model")));
    }

    void myDigitsTabOpensTheDialog()
    {
        QTRY_VERIFY(m_window->myDigitsTab() != nullptr);
        QVERIFY(!m_window->myDigitsTab()->learnButton()->isHidden());
        Q_EMIT m_window->myDigitsTab()->learnRequested();
        QVERIFY(learnHand()->dialog() != nullptr);
        QPointer<LearnHandDialog> first = learnHand()->dialog();
        learnHand()->openDialog(); // Once is enough.
        QCOMPARE(learnHand()->dialog(), first.data());
        QTest::keyClick(first, Qt::Key_Escape);
        QTRY_VERIFY(first == nullptr);
        QCOMPARE(learnHand()->dialog(), nullptr);
    }

    void windowMayCloseWhileLearning()
    {
        learnHand()->learnAction()->trigger();
        LearnHandDialog* dialog = learnHand()->dialog();
        QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("learn")), Qt::LeftButton);
        end();
    }
};

QTEST_MAIN(LearnHandTest)
#include "tst_learnhand.moc"
