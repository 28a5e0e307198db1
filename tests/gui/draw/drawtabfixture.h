#pragma once

#include "core/data/mydigits.h"
#include "tests/gui/draw/fakemodel.h"
#include "ui/draw/drawingcanvas.h"
#include "ui/draw/drawtab.h"
#include "ui/draw/probabilitybars.h"
#include "ui/widgets/messagebar.h"

#include <QLabel>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace digitpad::test {

/// The Draw tab on the screen, with a recogniser that has no engine and a model that needs none. Its tests
/// are in classes that inherit it.
class DrawTabFixture : public QObject
{
protected:
    /// Once, before anything else.
    void forgetEngine();
    void makeTab();
    void removeTab();

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
    /// One stroke that nobody takes for several digits side by side.
    void drawUprightLine();
    void write(const QString& path, const QByteArray& bytes);
    void useModel();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Recognizer> m_recognizer;
    std::shared_ptr<FakeModel> m_model;
    std::unique_ptr<MyDigits> m_digits;
    std::unique_ptr<DrawTab> m_tab;
};

} // namespace digitpad::test
