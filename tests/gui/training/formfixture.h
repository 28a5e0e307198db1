#pragma once

#include "core/data/mnist.h"
#include "tests/gui/training/fakeengine.h"
#include "tests/gui/training/nowheremnist.h"
#include "ui/training/formfield.h"
#include "ui/training/trainingform.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <memory>

namespace digitpad {

/// A training form in a window of its own, where MNIST is nowhere and nothing was ever chosen; worked with as
/// a person does, by keys and mouse.
class FormFixture
{
public:
    FormFixture() { show(); }

    /// Anew, with what was remembered.
    void show()
    {
        close();
        form = std::make_unique<TrainingForm>(QList<QUrl>());
        form->resize(form->sizeHint().width(), 1600);
        form->show();
        QVERIFY(QTest::qWaitForWindowExposed(form.get()));
    }
    /// What it was asked for is written down then.
    void close() { form.reset(); }

    template <class T>
    T* child(const char* name) const
    {
        auto* found = form->findChild<T*>(QLatin1String(name));
        if (found == nullptr) {
            qFatal("no child named %s", name);
        }
        return found;
    }
    FormField* fieldOf(const char* name) const
    {
        return qobject_cast<FormField*>(child<QWidget>(name)->parentWidget());
    }
    QString errorAt(const char* name) const { return fieldOf(name)->error(); }
    /// Whether its row is there for the options as they are, in an open section or not.
    bool hasRow(const char* name) const { return !fieldOf(name)->isHidden(); }

    /// Chooses the entry with that data, by keys.
    void choose(const char* combo, const char* data) const
    {
        const int index = child<QComboBox>(combo)->findData(QString::fromLatin1(data));
        QVERIFY2(index >= 0, data);
        choose(combo, index);
    }
    void choose(const char* combo, int index) const
    {
        auto* box = child<QComboBox>(combo);
        QVERIFY2(box->isVisible() && box->isEnabled(), combo);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Home);
        for (int i = 0; i < index; ++i) {
            QTest::keyClick(box, Qt::Key_Down);
        }
        QCOMPARE(box->currentIndex(), index);
    }
    /// In the place of what stands there.
    void type(const char* name, const QString& text) const
    {
        auto* editor = child<QWidget>(name);
        QVERIFY2(editor->isVisible() && editor->isEnabled(), name);
        editor->setFocus();
        QTest::keyClick(editor, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(editor, text);
        QTest::keyClick(editor, Qt::Key_Return);
    }
    /// A check box, by the mouse.
    void click(const char* name) const
    {
        auto* box = child<QCheckBox>(name);
        QVERIFY2(box->isVisible() && box->isEnabled(), name);
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(10, box->height() / 2));
    }
    void press(const char* name) const
    {
        auto* button = child<QAbstractButton>(name);
        QVERIFY2(button->isVisible() && button->isEnabled(), name);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    QToolButton* headerOf(const char* title) const
    {
        const auto headers = form->findChildren<QToolButton*>(QStringLiteral("disclose"));
        const auto found = std::find_if(headers.begin(), headers.end(), [title](const QToolButton* header) {
            return header->text() == QLatin1String(title);
        });
        if (found == headers.end()) {
            qFatal("no section %s", title);
        }
        return *found;
    }
    /// The first "More" below the section's title.
    QToolButton* moreOf(const char* title) const
    {
        const auto heightOf = [this](const QToolButton* header) {
            return header->mapTo(form.get(), QPoint()).y();
        };
        const int top = heightOf(headerOf(title));
        QToolButton* nearest = nullptr;
        const auto headers = form->findChildren<QToolButton*>(QStringLiteral("disclose"));
        for (QToolButton* header : headers) {
            if (header->text() == u"More" && heightOf(header) > top &&
                (nearest == nullptr || heightOf(header) < heightOf(nearest))) {
                nearest = header;
            }
        }
        return nearest;
    }

    NowhereMnist folder;
    FakeEngine engine;
    std::unique_ptr<TrainingForm> form;
};

} // namespace digitpad
