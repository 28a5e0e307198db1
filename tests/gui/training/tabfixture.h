#pragma once

#include "core/learning/recognizer.h"
#include "core/learning/trainingcontroller.h"
#include "tests/gui/training/fakeengine.h"
#include "ui/training/trainingtab.h"

#include <QCheckBox>
#include <QCloseEvent>
#include <QLabel>
#include <QMainWindow>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

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
        resize(1120, 720);
    }

    TrainingTab* tab;

protected:
    void closeEvent(QCloseEvent* event) override { event->setAccepted(tab->confirmClose()); }
};

/// A training tab in its window, with a recogniser that found no module and a fake engine in its place.
class TabFixture
{
public:
    /// The settings choose a small set of synthetic digits, so that a run begins at once.
    TabFixture()
    {
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
    bool idle() const { return !window->tab->runInProgress(); }
    /// The run has come to the step where the engine holds it.
    void startAndHoldAt(std::int64_t step)
    {
        engine.holdAt(step);
        press("start");
        QTRY_COMPARE(controller()->state(), TrainingController::State::Training);
    }
    void completeRun()
    {
        press("start");
        QTRY_VERIFY(idle());
    }

    FakeEngine engine; // Outlives the tab, whose controller waits for it.
    Recognizer recognizer;
    std::unique_ptr<TabWindow> window;
    int ends = 0; ///< Terminal signals of the controller.
};

} // namespace digitpad
