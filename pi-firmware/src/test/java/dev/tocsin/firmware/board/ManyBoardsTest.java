package dev.tocsin.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManyBoardsTest {

    private static final int BOARDS = 500;

    @Test
    void threads_do_not_grow_with_boards() {
        HandTimers loop = new HandTimers();
        BoardProfile profile = TestProfiles.wallButton();
        Pi4jBoard.onDesk(profile, loop, loop).board().close();
        int before = ManagementFactory.getThreadMXBean().getThreadCount();

        List<Pi4jBoard.Desk> desks = new ArrayList<>();
        List<Integer> pressed = new ArrayList<>();
        for (int i = 0; i < BOARDS; i++) {
            int number = i;
            Pi4jBoard.Desk desk = Pi4jBoard.onDesk(profile, loop, loop);
            desk.board().onEdge("panic", (timeNs, active) -> pressed.add(number));
            desks.add(desk);
        }
        desks.forEach(desk -> desk.controls().press("panic"));
        loop.settle();
        desks.get(7).board().output("lamp").set(true);

        assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(before + 5);
        assertThat(pressed).hasSize(BOARDS).doesNotHaveDuplicates();
        assertThat(desks.stream().filter(desk -> desk.controls().isOn("lamp"))).containsExactly(desks.get(7));
        desks.forEach(desk -> desk.board().close());
    }
}
