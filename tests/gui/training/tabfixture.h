#pragma once

#include "core/learning/recognizer.h"
#include "core/learning/runfolder.h"
#include "core/learning/trainingcontroller.h"
#include "tests/gui/training/fakeengine.h"
#include "tests/support/longtime.h"
#include "ui/training/trainingtab.h"
#include "ui/widgets/messagebar.h"

#include <QCheckBox>
#include <QCloseEvent>
#include <QDir>
#include <QLabel>
#include <QMainWindow>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <memory>

namespace digitpad {

/// A window as the program's: asks the tab before it closes.
class TabWindow : public QMainWindow
{
public:
    explicit TabWindow(Recognizer* recognizer)
        : tab(new TrainingTab(recognizer, this))
    {
        setCentralWidget(tab);
        resize(1280, 800);
    }

    TrainingTab* tab;

protected:
    void closeEvent(QCloseEvent* event) override { event->setAccepted(tab->confirmClose()); }
};

/// A training tab in its window, with a recogniser that found no module and a fake engine in its place.
class TabFixture
{
public:
    /// No runs; the settings choose a small set of synthetic digits, so that a run begins at once.
    TabFixture()
    {
        QDir(defaultRunsFolder()).removeRecursively();
        QSettings settings;
        settings.clear();
        settings.setValue(QStringLiteral("training/data"), QStringLiteral("synthetic"));
        settings.setValue(QStringLiteral("training/syntheticCount"), 500);
        settings.setValue(QStringLiteral("training/batchSize"), 10);
        settings.setValue(QStringLiteral("training/epochs"), 4);
    }
    ~TabFixture() { engine.release(); }

    void show()
    {
        window = std::make_unique<TabWindow>(&recognizer);
        for (const auto ended : {&TrainingController::completed, &TrainingController::stopped}) {
            QObject::connect(controller(), ended, window.get(), [this] { ++ends; });
        }
        QObject::connect(controller(), &TrainingController::failed, window.get(), [this] { ++ends; });
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));
    }
    /// As the recogniser does when the module is there.
    void giveEngine() { Q_EMIT recognizer.engineReady(&engine); }
    void showReady()
    {
        show();
        giveEngine();
    }
    /// As a new start of the program, which left without a word where a run was on.
    void restart()
    {
        window.reset();
        showReady();
    }
    /// For keys to arrive.
    void activate() const
    {
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
    }

    template <class T>
    T* child(const char* name) const
    {
        auto* found = window->findChild<T*>(QLatin1String(name));
        if (found == nullptr) {
            qFatal("no child named %s", name);
        }
        return found;
    }
    TrainingController* controller() const { return window->findChild<TrainingController*>(); }
    QString status() const { return child<QLabel>("status")->text(); }
    void press(const char* button) const
    {
        auto* found = child<QPushButton>(button);
        QVERIFY2(found->isEnabled(), button);
        QTest::mouseClick(found, Qt::LeftButton);
    }
    /// Clicks the box itself, at the widget's left.
    void tick(const char* name) const
    {
        auto* box = child<QCheckBox>(name);
        QVERIFY2(box->isEnabled() && box->isVisible(), name);
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(10, box->height() / 2));
    }
    TrainingController::State state() const { return controller()->state(); }
    MessageBar* messages() const { return window->tab->findChild<MessageBar*>(); }
    void pressMessageAction() const
    {
        QVERIFY(messages()->isVisible());
        QTest::mouseClick(messages()->findChild<QToolButton*>(QStringLiteral("messageAction")),
                          Qt::LeftButton);
    }
    bool idle() const { return !window->tab->runInProgress(); }
    /// The run has come to the step where the engine holds it.
    void startAndHoldAt(std::int64_t step)
    {
        engine.holdAt(step);
        press("start");
        QTRY_COMPARE_WITH_TIMEOUT(state(), TrainingController::State::Training, longTime);
        QTRY_COMPARE_WITH_TIMEOUT(engine.steps.load(), step, longTime);
    }
    /// The run is paused behind the step.
    void startAndPauseAt(std::int64_t step)
    {
        startAndHoldAt(step);
        press("pause");
        engine.release();
        QTRY_COMPARE_WITH_TIMEOUT(state(), TrainingController::State::Paused, longTime);
    }
    void completeRun()
    {
        press("start");
        QTRY_VERIFY_WITH_TIMEOUT(idle(), longTime);
    }

    FakeEngine engine; // Outlives the tab, whose controller waits for it.
    Recognizer recognizer;
    std::unique_ptr<TabWindow> window;
    int ends = 0; ///< Terminal signals of the controller.
};

} // namespace digitpad
